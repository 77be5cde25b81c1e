import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { revokeUser } from "../cloudflare/endpoints.js";
import { formatScope } from "../cloudflare/scope.js";
import { userRevocation } from "../schema/user-revocation.js";
import type { SettingValues } from "../schema/values.js";
import { encodeSettings } from "../schema/codec.js";
import { settingsIn, scopeInput, scopeOf, type ResourceInputs } from "./inputs.js";
import { check } from "./check.js";
import type { ResourceLifecycle, ResourceState } from "./resource.js";
import type { Context } from "./context.js";

/**
 * The lifecycle of a revocation: an action, done when the resource is made and again when an
 * argument changes. Nothing of it can be read or taken back.
 */
export const userRevocationLifecycle: ResourceLifecycle = {
  noun: userRevocation.displayName,
  settingsIn: (properties) => settingsIn(userRevocation, properties),

  check: (args, context) =>
    check({ definition: userRevocation, contradictions: missingEmail }, args, context),

  declaresTheSame: (before, after) => isDeepStrictEqual(before, after),

  async create(session, args) {
    // Not the email: ids show up in logs and in other people's terminals.
    return revoke(session, `${formatScope(scopeOf(args))}/revocations/${randomUUID()}`, args);
  },

  read: (_session, id, args) => Promise.resolve(stateOf(id, args)),

  readExternal: (_session, id) =>
    Promise.reject(new Error(`"${id}" cannot be looked at: a revocation leaves nothing to read.`)),

  update: (session, id, args) => revoke(session, id, args),

  delete: () => Promise.resolve(),
};

async function revoke(session: Context, id: string, args: ResourceInputs): Promise<ResourceState> {
  const body = encodeSettings(userRevocation, args.settings);
  await revokeUser(await session.client(), scopeOf(args), { ...body, email: String(body.email) });
  return stateOf(id, args);
}

function stateOf(id: string, args: ResourceInputs): ResourceState {
  return { id, inputs: { ...scopeInput(scopeOf(args)), ...args.settings }, computed: {} };
}

function missingEmail({ email }: SettingValues) {
  return email === undefined
    ? [{ property: "email", reason: "is missing: state the user's email" }]
    : [];
}
