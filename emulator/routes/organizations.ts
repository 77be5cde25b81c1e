import { organizationResponse } from "../responses.js";
import type { Level, Settings } from "../fields.js";
import { acceptedBody } from "../organization-body.js";
import { createdOrganization, replacedOrganization } from "../organizations.js";
import {
  alreadyExists,
  authDomainTaken,
  dashboardSso,
  notEnabled,
  notFound,
} from "../rejections.js";
import { answerSuccess, answerWrite, jsonBody, target, type ServerContext } from "../exchange.js";
import type { World } from "../world.js";

export function getOrganization(world: World, c: ServerContext) {
  const { level, id } = target(c);
  const stored = world.state.organization(level, id).read();
  if (stored) return answerSuccess(c, answer(world, level, stored));
  switch (world.switches.neverEnabled) {
    case "not_enabled":
      throw notEnabled();
    case "not_found":
      throw notFound();
    case "sparse":
      return answerSuccess(c, { is_ui_read_only: false });
  }
}

export async function postOrganization(world: World, c: ServerContext) {
  const { level, id } = target(c);
  const { state, switches } = world;
  const exists = state.organization(level, id).value !== undefined;
  if (!exists && switches.postRefused) throw notEnabled();
  const body = acceptedBody(level, "POST", await jsonBody(c), bodyRules(world));
  if (exists) throw alreadyExists(switches);
  refuseTakenDomain(world, level, id, body);
  const created = createdOrganization(body, switches);
  const stored = state.write(level, id, created, switches.writesShowAfter);
  return answerWrite(c, world, answer(world, level, stored), switches.postStatus);
}

export async function putOrganization(world: World, c: ServerContext) {
  const { level, id } = target(c);
  const { state, switches } = world;
  const sent = await jsonBody(c);
  // Looked up after the last await: two PUTs at once replace each other as a whole.
  const live = state.organization(level, id).value;
  if (!live) throw notEnabled();
  const body = acceptedBody(level, "PUT", sent, bodyRules(world));
  if (body.auth_domain !== live.auth_domain) {
    if (switches.dashboardSso.includes(id)) throw dashboardSso(switches);
    refuseTakenDomain(world, level, id, body);
  }
  const next = replacedOrganization(level, live, body, world);
  const stored = state.write(level, id, next, switches.writesShowAfter);
  return answerWrite(c, world, answer(world, level, stored));
}

function bodyRules({ state, switches, responseOnlyFields }: World) {
  const fields = [...state.newApiFields].filter((field) => !responseOnlyFields.has(field));
  return {
    switches,
    newApiFields: new Set(fields),
    newAuthenticators: state.newAuthenticators,
  };
}

function refuseTakenDomain(world: World, level: Level, id: string, body: Settings): void {
  if (world.state.hasAuthDomain(String(body.auth_domain), { level, id })) {
    throw authDomainTaken(world.switches);
  }
}

function answer(world: World, level: Level, stored: Settings): Settings {
  return organizationResponse(level, stored, world.personality, world.switches);
}
