import { isId, type Scope } from "../cloudflare/scope.js";
import { declaredScopes } from "../schema/scope-inputs.js";

/** What a function is asked about: exactly one of the two. */
export interface ScopeArgs {
  /** An account: 32 hexadecimal digits. */
  readonly accountId?: string | undefined;
  /** A zone: 32 hexadecimal digits. */
  readonly zoneId?: string | undefined;
}

/** @throws Error where the arguments do not name exactly one account or zone. */
export function scopeOf(functionName: string, args: ScopeArgs): Scope {
  const [stated, ...more] = declaredScopes(args);
  if (stated === undefined || more.length > 0)
    throw new Error(`${functionName}: give exactly one of accountId and zoneId.`);
  const { name, level, id } = stated;
  if (typeof id === "string" && isId(id)) return { kind: level, id };
  throw new Error(
    `${functionName}: ${name} must be 32 hexadecimal digits, as the dashboard shows it.`,
  );
}
