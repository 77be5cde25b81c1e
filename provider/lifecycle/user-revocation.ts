import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { revokeUser } from "../cloudflare/endpoints.js";
import { formatScope } from "../cloudflare/scope.js";
import { encodeSettings } from "../schema/codec.js";
import { userRevocation } from "../schema/user-revocation.js";
import type { SettingValues } from "../schema/values.js";
import { check } from "./check.js";
import { requireScope, scopeInput } from "./inputs.js";
import type { ResourceInputs, ResourceLifecycle, ResourceState } from "./resource.js";

/**
 * The lifecycle of a revocation: an action on create, and again when an input changes. It cannot be read
 * or undone.
 */
export const userRevocationLifecycle: ResourceLifecycle = {
  definition: userRevocation,

  check: (given, context) =>
    check({ definition: userRevocation, contradictions: missingEmail }, given, context),

  declaresTheSame: (before, after) => isDeepStrictEqual(before, after),

  async apply(context, inputs, recorded) {
    const scope = requireScope(inputs);
    // Without the email: ids are in logs and in other people's terminals.
    const id = recorded?.id ?? `${formatScope(scope)}/revocations/${randomUUID()}`;
    await revokeUser(
      await context.client(),
      scope,
      encodeSettings(userRevocation, inputs.settings),
    );
    return stateOf(id, inputs);
  },

  read: (_context, { id, inputs }) => Promise.resolve(stateOf(id, inputs)),

  readExternal: (_context, id) =>
    Promise.reject(new Error(`Cannot read "${id}": a revocation leaves nothing to read.`)),

  delete: () => Promise.resolve(),
};

function stateOf(id: string, inputs: ResourceInputs): ResourceState {
  return { id, inputs: { ...scopeInput(requireScope(inputs)), ...inputs.settings }, computed: {} };
}

function missingEmail({ email }: SettingValues) {
  return email === undefined
    ? [{ property: "email", reason: "is missing. Declare the user's email" }]
    : [];
}
