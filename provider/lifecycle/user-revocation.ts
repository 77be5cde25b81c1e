import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { revokeUser } from "../cloudflare/endpoints.js";
import { formatTarget } from "../cloudflare/target.js";
import { userRevocation } from "../model/user-revocation.js";
import type { SettingValues } from "../model/values.js";
import { writeSettings } from "../model/wire.js";
import { settingsIn, targetArgument, targetOf, type Arguments } from "./arguments.js";
import { check } from "./check.js";
import type { ResourceLifecycle, ResourceState } from "./resource.js";
import type { Session } from "./session.js";

/**
 * The lifecycle of a revocation: an action, done when the resource is made and again when an
 * argument changes. Nothing of it can be read or taken back.
 */
export const userRevocationLifecycle: ResourceLifecycle = {
  noun: userRevocation.noun,
  settingsIn: (properties) => settingsIn(userRevocation, properties),

  check: (args, context) =>
    check({ description: userRevocation, contradictions: missingEmail }, args, context),

  statesTheSame: (before, after) => isDeepStrictEqual(before, after),

  async create(session, args) {
    // Not the email: ids show up in logs and in other people's terminals.
    return revoke(session, `${formatTarget(targetOf(args))}/revocations/${randomUUID()}`, args);
  },

  read: (_session, id, args) => Promise.resolve(stateOf(id, args)),

  look: (_session, id) =>
    Promise.reject(new Error(`"${id}" cannot be looked at: a revocation leaves nothing to read.`)),

  update: (session, id, args) => revoke(session, id, args),

  delete: () => Promise.resolve(),
};

async function revoke(session: Session, id: string, args: Arguments): Promise<ResourceState> {
  const body = writeSettings(userRevocation, args.settings);
  await revokeUser(await session.client(), targetOf(args), { ...body, email: String(body.email) });
  return stateOf(id, args);
}

function stateOf(id: string, args: Arguments): ResourceState {
  return { id, inputs: { ...targetArgument(targetOf(args)), ...args.settings }, computed: {} };
}

function missingEmail({ email }: SettingValues) {
  return email === undefined
    ? [{ path: "email", reason: "is missing: state the user's email" }]
    : [];
}
