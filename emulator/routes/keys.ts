import { z } from "zod";
import { invalidConfig, notEnabled } from "../rejections.js";
import { answerSuccess, answerWrite, jsonBody, target, type ServerContext } from "../exchange.js";
import type { World } from "../world.js";
import { reasons } from "../zod-reasons.js";

const keysBody = z.strictObject({ key_rotation_interval_days: z.int().min(21).max(365) });

export function getKeys(world: World, c: ServerContext) {
  return answerSuccess(c, keys(world, accountWithAccess(world, c)));
}

export async function putKeys(world: World, c: ServerContext) {
  const id = accountWithAccess(world, c);
  const parsed = keysBody.safeParse(await jsonBody(c));
  if (!parsed.success) throw invalidConfig(...reasons(parsed.error));
  world.state.setKeyRotationDays(id, parsed.data.key_rotation_interval_days);
  return answerWrite(c, world, keys(world, id));
}

function accountWithAccess(world: World, c: ServerContext): string {
  const { id } = target(c);
  if (!world.state.organization("accounts", id).value) throw notEnabled();
  return id;
}

/** The keys of an emulated account have just been rotated, always. */
function keys({ state }: World, id: string) {
  const days = state.keyRotationDays(id);
  return {
    key_rotation_interval_days: days,
    days_until_next_rotation: days,
    last_key_rotation_at: new Date().toISOString(),
  };
}
