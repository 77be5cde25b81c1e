import { z } from "zod";
import { invalidConfig, notEnabled } from "../rejections.js";
import {
  respond,
  respondToWrite,
  jsonBody,
  scopeOf,
  type RequestContext,
} from "../request-context.js";
import type { EmulatorContext } from "../context.js";
import { reasons } from "../zod-reasons.js";

const keysBody = z.strictObject({ key_rotation_interval_days: z.int().min(21).max(365) });

export function getKeys(context: EmulatorContext, c: RequestContext) {
  return respond(c, keys(context, accountWithAccess(context, c)));
}

export async function putKeys(context: EmulatorContext, c: RequestContext) {
  const id = accountWithAccess(context, c);
  const parsed = keysBody.safeParse(await jsonBody(c));
  if (!parsed.success) throw invalidConfig(...reasons(parsed.error));
  context.state.setKeyRotationDays(id, parsed.data.key_rotation_interval_days);
  return respondToWrite(c, context, keys(context, id));
}

function accountWithAccess(context: EmulatorContext, c: RequestContext): string {
  const { id } = scopeOf(c);
  if (!context.state.organization("accounts", id).value) throw notEnabled();
  return id;
}

/** Returns the keys, as if they had just been rotated. */
function keys({ state }: EmulatorContext, id: string) {
  const days = state.keyRotationDays(id);
  return {
    key_rotation_interval_days: days,
    days_until_next_rotation: days,
    last_key_rotation_at: new Date().toISOString(),
  };
}
