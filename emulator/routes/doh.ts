import { dohResponse } from "../responses.js";
import { parseDohBody } from "../doh-body.js";
import { invalidConfig, notEnabled, notFound, serviceTokenNotFound } from "../rejections.js";
import type { DohSettings } from "../state.js";
import {
  respond,
  respondToWrite,
  jsonBody,
  scopeOf,
  type RequestContext,
} from "../request-context.js";
import type { EmulatorContext } from "../context.js";

export function getDoh(context: EmulatorContext, c: RequestContext) {
  const { id } = scopeOf(c);
  requireOrganization(context, id);
  const settings = context.state.doh(id).read();
  if (settings) return respond(c, dohResult(context, id, settings));
  switch (context.behavior.dohUnset) {
    case "null":
      return respond(c, null);
    case "empty":
      return respond(c, {});
    case "default_duration":
      return respond(c, { doh_jwt_duration: "24h" });
    case "not_found":
      throw notFound();
    case "not_enabled":
      throw notEnabled();
  }
}

export async function putDoh(context: EmulatorContext, c: RequestContext) {
  const { id } = scopeOf(c);
  const { state, behavior } = context;
  // The body is optional.
  const sent = (await c.req.text()) === "" ? {} : await jsonBody(c);
  requireOrganization(context, id);
  const body = parseDohBody(sent, { behavior, keyRotationDays: state.keyRotationDays(id) });
  const slot = state.doh(id);
  const token = body.service_token_id;
  if (typeof token === "string") rejectToken(context, id, token, slot.value?.service_token_id);
  const base = behavior.dohPutMerges ? slot.value : {};
  const next = withoutNulls({ ...base, ...body });
  slot.write(Object.keys(next).length > 0 ? next : undefined, behavior.staleReadsAfterWrite);
  return respondToWrite(c, context, dohResult(context, id, next), behavior.dohPutStatus);
}

function requireOrganization(context: EmulatorContext, id: string): void {
  if (!context.state.organization("accounts", id).value) throw notEnabled();
}

/** Rejects a service token that does not exist. Cloudflare finds it by its `id`, not by its client id. */
function rejectToken(
  context: EmulatorContext,
  id: string,
  named: string,
  present: string | undefined,
): void {
  if (!context.state.serviceToken(id, named)) throw serviceTokenNotFound(context.behavior);
  if (context.behavior.dohActiveToken === "replaced" || !present || present === named) return;
  if (context.state.serviceToken(id, present)?.enabled) {
    throw invalidConfig("service_token_id: another active service token is in use for DoH");
  }
}

function withoutNulls(body: Record<string, string | null | undefined>): DohSettings {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => typeof value === "string"));
}

function dohResult(context: EmulatorContext, id: string, settings: DohSettings) {
  const token = settings.service_token_id
    ? context.state.serviceToken(id, settings.service_token_id)
    : undefined;
  return dohResponse(settings, token, context.personality, context.behavior);
}
