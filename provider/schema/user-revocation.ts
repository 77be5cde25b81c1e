import type { Definition } from "./definition.js";

/** The arguments of a revocation. It is an action, not a settings object: nothing of it can be read. */
export const userRevocation = {
  displayName: "user revocations",
  scopes: ["accounts", "zones"],
  additionalSettings: false,
  aliases: {},
  settings: {
    /** The email of the user whose sessions end. */
    email: { apiName: "email", type: "string", format: "email", zone: true, required: true },
    /** The user's uid, where the email alone does not name the user. */
    userUid: { apiName: "user_uid", type: "string" },
    /** Also revokes the user's devices. */
    devices: { apiName: "devices", type: "boolean" },
    /** `true` makes WARP ask for authentication again; `false` leaves its login alone. */
    warpSessionReauth: { apiName: "warp_session_reauth", type: "boolean" },
  },
  otherInputs: ["triggers"],
  computed: {},
  outputOnly: [],
} as const satisfies Definition;
