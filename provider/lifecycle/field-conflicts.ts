import { describeScope } from "../cloudflare/scope.js";
import type { ResourceType } from "../registry.js";
import { managedFields } from "../schema/managed-fields.js";
import type { CheckContext, ResourceInputs } from "./resource.js";

/** Which resource of this process declares which field of which object. */
const owners = new Map<string, Owner>();

interface Owner {
  readonly resource: string;
  readonly registration: unknown;
}

/** Warns if two resources declare the same field of one object: the last one to deploy would win. */
export async function warnOfFieldConflicts(
  { definition, endpoint }: ResourceType,
  { scope, settings }: ResourceInputs,
  { resource, registration, context }: CheckContext,
): Promise<void> {
  if (resource === undefined || scope === undefined) return;
  const conflicts = new Map<string, string[]>();
  for (const { path } of managedFields(definition, settings)) {
    const key = `${endpoint.path(scope)} ${path}`;
    const owner: Owner = owners.get(key) ?? { resource, registration };
    owners.set(key, owner);
    if (owner.resource !== resource || owner.registration !== registration)
      conflicts.set(owner.resource, [...(conflicts.get(owner.resource) ?? []), path]);
  }
  for (const [owner, paths] of conflicts)
    await context.diagnostics.warn(
      `The resources "${owner}" and "${resource}" both declare ${paths.join(", ")} of the ${definition.displayName} of ${describeScope(scope)}. Declare each setting in one of them, or they overwrite each other's values.`,
    );
}
