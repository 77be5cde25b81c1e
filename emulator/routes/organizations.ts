import { organizationResponse, writeResponse } from "../responses.js";
import type { ScopeType, Settings } from "../fields.js";
import { parseOrganizationBody } from "../organization-body.js";
import { createdOrganization, replacedOrganization } from "../organizations.js";
import {
  alreadyExists,
  authDomainTaken,
  dashboardSso,
  invalidConfig,
  noOrganization,
  notEnabled,
} from "../rejections.js";
import {
  respond,
  respondToWrite,
  jsonBody,
  scopeOf,
  type RequestContext,
} from "../request-context.js";
import type { EmulatorContext } from "../context.js";

export function getOrganization(context: EmulatorContext, c: RequestContext) {
  const { scopeType, id } = scopeOf(c);
  const stored = context.state.organization(scopeType, id).read();
  if (stored) return respond(c, organizationResult(context, scopeType, stored));
  if (context.behavior.neverEnabled !== "sparse") throw noOrganization(context.behavior);
  return respond(c, { is_ui_read_only: false });
}

export async function postOrganization(context: EmulatorContext, c: RequestContext) {
  const { scopeType, id } = scopeOf(c);
  const { state, behavior } = context;
  const exists = state.organization(scopeType, id).value !== undefined;
  if (!exists && behavior.postRejected) throw notEnabled();
  const body = parseOrganizationBody(scopeType, "POST", await jsonBody(c), bodyRules(context));
  if (exists) throw alreadyExists(behavior);
  rejectTakenDomain(context, scopeType, id, body);
  return writeAndRespond(c, context, createdOrganization(body, behavior), behavior.postStatus);
}

export async function putOrganization(context: EmulatorContext, c: RequestContext) {
  const { scopeType, id } = scopeOf(c);
  const { state, behavior } = context;
  const sent = await jsonBody(c);
  // Read after the last await, so that concurrent PUTs replace each other as a whole.
  const live = state.organization(scopeType, id).value;
  if (!live && behavior.putWithoutOrganization === "rejected") throw noOrganization(behavior);
  const body = parseOrganizationBody(scopeType, "PUT", sent, bodyRules(context));
  if (!live) {
    if (body.name === undefined) throw invalidConfig("name: is required");
    rejectTakenDomain(context, scopeType, id, body);
    return writeAndRespond(c, context, createdOrganization(body, behavior), 200);
  }
  if (body.auth_domain !== live.auth_domain) {
    if (behavior.dashboardSso.includes(id)) throw dashboardSso(behavior);
    rejectTakenDomain(context, scopeType, id, body);
  }
  return writeAndRespond(c, context, replacedOrganization(scopeType, live, body, context), 200);
}

function writeAndRespond(
  c: RequestContext,
  context: EmulatorContext,
  organization: Settings,
  status: 200 | 201,
) {
  const { scopeType, id } = scopeOf(c);
  const { state, behavior } = context;
  const stored = state.write(scopeType, id, organization, behavior.staleReadsAfterWrite);
  const result = organizationResult(context, scopeType, stored);
  return respondToWrite(c, context, writeResponse(result, behavior), status);
}

function bodyRules({ state, behavior, outputOnlyFields }: EmulatorContext) {
  const fields = [...state.newApiFields].filter((field) => !outputOnlyFields.has(field));
  return {
    behavior,
    newApiFields: new Set(fields),
    newAuthenticators: state.newAuthenticators,
  };
}

function rejectTakenDomain(
  context: EmulatorContext,
  scopeType: ScopeType,
  id: string,
  body: Settings,
): void {
  if (context.state.isAuthDomainTaken(String(body.auth_domain), { scopeType, id })) {
    throw authDomainTaken(context.behavior);
  }
}

function organizationResult(
  context: EmulatorContext,
  scopeType: ScopeType,
  stored: Settings,
): Settings {
  return organizationResponse(scopeType, stored, context.personality, context.behavior);
}
