import { z } from "zod";
import { successEnvelope } from "../envelope.js";
import { invalidConfig, notEnabled } from "../rejections.js";
import { jsonBody, scopeOf, type RequestContext } from "../request-context.js";
import type { EmulatorContext } from "../context.js";
import { reasons } from "../zod-reasons.js";

const zoneBody = z.strictObject({ email: z.string().min(1) });

const accountBody = zoneBody.extend({
  devices: z.boolean().optional(),
  user_uid: z.string().optional(),
  warp_session_reauth: z.boolean().optional(),
});

export async function revokeUser(context: EmulatorContext, c: RequestContext) {
  const { scopeType, id } = scopeOf(c);
  const { state, behavior } = context;
  if (!state.organization(scopeType, id).value) throw notEnabled();
  const schema: z.ZodType<z.output<typeof accountBody>> =
    scopeType === "accounts" ? accountBody : zoneBody;
  const parsed = schema.safeParse(await jsonBody(c));
  if (!parsed.success) throw invalidConfig(...reasons(parsed.error));
  const { devices: inBody = false, email, user_uid, warp_session_reauth } = parsed.data;
  const inQuery = c.req.query("devices") === "true";
  const devices = { either: inBody || inQuery, body: inBody, query: inQuery };
  state.revocations.push({
    scopeType,
    id,
    email,
    devices: devices[behavior.revokeUserDevices],
    ...(user_uid === undefined ? {} : { user_uid }),
    ...(warp_session_reauth === undefined ? {} : { warp_session_reauth }),
  });
  const result = behavior.revokeUserResult;
  // The schema of this response has no errors and no messages.
  return c.json(
    behavior.revokeUserFullEnvelope ? successEnvelope(result) : { result, success: true },
  );
}
