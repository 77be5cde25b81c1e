import { organizationResponse, writeResponse } from "../responses.js";
import type { Level, Settings } from "../fields.js";
import { acceptedBody } from "../organization-body.js";
import { createdOrganization, replacedOrganization } from "../organizations.js";
import {
  alreadyExists,
  authDomainTaken,
  dashboardSso,
  invalidConfig,
  noOrganization,
  notEnabled,
} from "../rejections.js";
import { answerSuccess, answerWrite, jsonBody, target, type ServerContext } from "../exchange.js";
import type { World } from "../world.js";

export function getOrganization(world: World, c: ServerContext) {
  const { level, id } = target(c);
  const stored = world.state.organization(level, id).read();
  if (stored) return answerSuccess(c, answer(world, level, stored));
  if (world.behavior.neverEnabled !== "sparse") throw noOrganization(world.behavior);
  return answerSuccess(c, { is_ui_read_only: false });
}

export async function postOrganization(world: World, c: ServerContext) {
  const { level, id } = target(c);
  const { state, behavior } = world;
  const exists = state.organization(level, id).value !== undefined;
  if (!exists && behavior.postRejected) throw notEnabled();
  const body = acceptedBody(level, "POST", await jsonBody(c), bodyRules(world));
  if (exists) throw alreadyExists(behavior);
  refuseTakenDomain(world, level, id, body);
  return create(c, world, body, behavior.postStatus);
}

export async function putOrganization(world: World, c: ServerContext) {
  const { level, id } = target(c);
  const { state, behavior } = world;
  const sent = await jsonBody(c);
  // Looked up after the last await: two PUTs at once replace each other as a whole.
  const live = state.organization(level, id).value;
  if (!live && behavior.putWithoutOrganization === "rejected") throw noOrganization(behavior);
  const body = acceptedBody(level, "PUT", sent, bodyRules(world));
  if (!live) {
    if (body.name === undefined) throw invalidConfig("name: is required");
    refuseTakenDomain(world, level, id, body);
    return create(c, world, body, 200);
  }
  if (body.auth_domain !== live.auth_domain) {
    if (behavior.dashboardSso.includes(id)) throw dashboardSso(behavior);
    refuseTakenDomain(world, level, id, body);
  }
  const next = replacedOrganization(level, live, body, world);
  const stored = state.write(level, id, next, behavior.staleReadsAfterWrite);
  return answerWrite(c, world, writeResponse(answer(world, level, stored), behavior));
}

function create(c: ServerContext, world: World, body: Settings, status: 200 | 201) {
  const { level, id } = target(c);
  const { state, behavior } = world;
  const created = createdOrganization(body, behavior);
  const stored = state.write(level, id, created, behavior.staleReadsAfterWrite);
  return answerWrite(c, world, writeResponse(answer(world, level, stored), behavior), status);
}

function bodyRules({ state, behavior, outputOnlyFields }: World) {
  const fields = [...state.newApiFields].filter((field) => !outputOnlyFields.has(field));
  return {
    behavior,
    newApiFields: new Set(fields),
    newAuthenticators: state.newAuthenticators,
  };
}

function refuseTakenDomain(world: World, level: Level, id: string, body: Settings): void {
  if (world.state.hasAuthDomain(String(body.auth_domain), { level, id })) {
    throw authDomainTaken(world.behavior);
  }
}

function answer(world: World, level: Level, stored: Settings): Settings {
  return organizationResponse(level, stored, world.personality, world.behavior);
}
