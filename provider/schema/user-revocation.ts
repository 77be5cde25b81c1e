import type { Definition } from "./definition.js";

/** The inputs of a revocation. It is an action, not a settings object, so it cannot be read. */
export const userRevocation = {
  displayName: "user revocations",
  scopes: ["accounts", "zones"],
  additionalSettings: false,
  aliases: {},
  settings: {
    /** The email of the user whose sessions are revoked. Required. */
    email: { apiName: "email", type: "string", format: "email", zone: true, required: true },
    /** The user's uid, if the email alone does not identify the user. */
    userUid: { apiName: "user_uid", type: "string" },
    /** Whether all devices of the user are revoked, too. */
    devices: { apiName: "devices", type: "boolean" },
    /** Whether the user has to log in to WARP again where a Gateway policy limits its sessions. `false` keeps the WARP session. */
    warpSessionReauth: { apiName: "warp_session_reauth", type: "boolean" },
  },
  otherInputs: ["triggers"],
  computed: {},
  outputOnly: [],
} as const satisfies Definition;
