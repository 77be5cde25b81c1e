import { dohResponse } from "../responses.js";
import { acceptedDohBody } from "../doh-body.js";
import { invalidConfig, notEnabled, notFound, serviceTokenNotFound } from "../rejections.js";
import type { DohSettings } from "../state.js";
import { answerSuccess, answerWrite, jsonBody, target, type ServerContext } from "../exchange.js";
import type { World } from "../world.js";

export function getDoh(world: World, c: ServerContext) {
  const { id } = target(c);
  requireOrganization(world, id);
  const settings = world.state.doh(id).read();
  if (settings) return answerSuccess(c, answer(world, id, settings));
  switch (world.behavior.dohUnset) {
    case "null":
      return answerSuccess(c, null);
    case "empty":
      return answerSuccess(c, {});
    case "default_duration":
      return answerSuccess(c, { doh_jwt_duration: "24h" });
    case "not_found":
      throw notFound();
    case "not_enabled":
      throw notEnabled();
  }
}

export async function putDoh(world: World, c: ServerContext) {
  const { id } = target(c);
  const { state, behavior } = world;
  // The body as a whole is optional.
  const sent = (await c.req.text()) === "" ? {} : await jsonBody(c);
  requireOrganization(world, id);
  const body = acceptedDohBody(sent, { behavior, keyRotationDays: state.keyRotationDays(id) });
  const place = state.doh(id);
  const token = body.service_token_id;
  if (typeof token === "string") refuseToken(world, id, token, place.value?.service_token_id);
  const base = behavior.dohPutMerges ? place.value : {};
  const next = withoutNulls({ ...base, ...body });
  place.write(Object.keys(next).length > 0 ? next : undefined, behavior.staleReadsAfterWrite);
  return answerWrite(c, world, answer(world, id, next), behavior.dohPutStatus);
}

function requireOrganization(world: World, id: string): void {
  if (!world.state.organization("accounts", id).value) throw notEnabled();
}

/** Only a token's `id` names it: its client id is answered as if there was no such token. */
function refuseToken(world: World, id: string, named: string, present: string | undefined): void {
  if (!world.state.serviceToken(id, named)) throw serviceTokenNotFound(world.behavior);
  if (world.behavior.dohActiveToken === "replaced" || !present || present === named) return;
  if (world.state.serviceToken(id, present)?.enabled) {
    throw invalidConfig("service_token_id: another active service token is in use for DoH");
  }
}

function withoutNulls(body: Record<string, string | null | undefined>): DohSettings {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => typeof value === "string"));
}

function answer(world: World, id: string, settings: DohSettings) {
  const token = settings.service_token_id
    ? world.state.serviceToken(id, settings.service_token_id)
    : undefined;
  return dohResponse(settings, token, world.personality, world.behavior);
}
