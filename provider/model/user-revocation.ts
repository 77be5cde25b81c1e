import type { Description } from "./description.js";

/** The arguments of a revocation. It is an action, not a settings object: nothing of it can be read. */
export const userRevocation = {
  noun: "user revocations",
  levels: ["accounts", "zones"],
  passThrough: false,
  formerNames: {},
  settings: {
    /** The email of the user whose sessions end. */
    email: { wire: "email", type: "string", format: "email", zone: true, required: true },
    /** The user's uid, where the email alone does not name the user. */
    userUid: { wire: "user_uid", type: "string" },
    /** Also revokes the user's devices. */
    devices: { wire: "devices", type: "boolean" },
    /** `true` makes WARP ask for authentication again; `false` leaves its login alone. */
    warpSessionReauth: { wire: "warp_session_reauth", type: "boolean" },
  },
  otherArguments: ["triggers"],
  computed: {},
  responseOnly: [],
} as const satisfies Description;
