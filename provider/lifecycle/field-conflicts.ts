import { formatScope } from "../cloudflare/scope.js";
import type { ResourceType } from "../registry.js";
import { managedFields } from "../schema/managed-fields.js";
import { scopeOf, type ResourceInputs } from "./inputs.js";
import type { CheckContext } from "./resource.js";

/** Which resource states which setting of which object, in this process. */
const owners = new Map<string, Owner>();

interface Owner {
  readonly resource: string;
  readonly registration: unknown;
}

/**
 * Warns where two resources state the same setting of one object: each deployment would end with
 * the value of the one that came last.
 */
export async function warnOfFieldConflicts(
  { definition, endpoint }: ResourceType,
  args: ResourceInputs,
  { resource, registration, session, unknown }: CheckContext,
): Promise<void> {
  const target = scopeOf(args);
  if (resource === undefined || target.id === unknown) return;
  const shared = new Map<string, string[]>();
  for (const { path } of managedFields(definition, args.settings)) {
    const key = `${endpoint.path(target).toLowerCase()} ${path}`;
    const owner: Owner = owners.get(key) ?? { resource, registration };
    owners.set(key, owner);
    if (owner.resource !== resource || owner.registration !== registration)
      shared.set(owner.resource, [...(shared.get(owner.resource) ?? []), path]);
  }
  for (const [owner, paths] of shared)
    await session.diagnostics.warn(
      `The resources "${owner}" and "${resource}" both state ${paths.join(", ")} of the ${definition.displayName} of ${formatScope(target)}: keep each setting in one of them, or they will undo each other.`,
    );
}
