import { z } from "zod";
import { successEnvelope } from "../envelope.js";
import { invalidConfig, notEnabled } from "../rejections.js";
import { jsonBody, target, type ServerContext } from "../exchange.js";
import type { World } from "../world.js";
import { reasons } from "../zod-reasons.js";

const zoneBody = z.strictObject({ email: z.string().min(1) });

const accountBody = zoneBody.extend({
  devices: z.boolean().optional(),
  user_uid: z.string().optional(),
  warp_session_reauth: z.boolean().optional(),
});

export async function revokeUser(world: World, c: ServerContext) {
  const { level, id } = target(c);
  const { state, behavior } = world;
  if (!state.organization(level, id).value) throw notEnabled();
  const schema: z.ZodType<z.output<typeof accountBody>> =
    level === "accounts" ? accountBody : zoneBody;
  const parsed = schema.safeParse(await jsonBody(c));
  if (!parsed.success) throw invalidConfig(...reasons(parsed.error));
  const { devices: inBody = false, email, user_uid, warp_session_reauth } = parsed.data;
  const inQuery = c.req.query("devices") === "true";
  const devices = { either: inBody || inQuery, body: inBody, query: inQuery };
  state.revocations.push({
    level,
    id,
    email,
    devices: devices[behavior.revokeUserDevices],
    ...(user_uid === undefined ? {} : { user_uid }),
    ...(warp_session_reauth === undefined ? {} : { warp_session_reauth }),
  });
  const result = behavior.revokeUserResult;
  // By schema the answer has no errors and no messages.
  return c.json(
    behavior.revokeUserFullEnvelope ? successEnvelope(result) : { result, success: true },
  );
}
