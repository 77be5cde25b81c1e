import { isId, type Scope } from "../cloudflare/scope.js";
import type { ExactlyOne } from "../resources/args.js";
import { declaredScopes } from "../schema/input-names.js";

/** The account or zone that a function asks about. */
export interface ScopeIds {
  /** The account id: 32 hexadecimal digits, as the dashboard shows it. Either this or `zoneId` is required. */
  readonly accountId?: string | undefined;
  /** The zone id: 32 hexadecimal digits, as the dashboard shows it. Either this or `accountId` is required. */
  readonly zoneId?: string | undefined;
}

/** The id of exactly one account or zone. */
export type ScopeId = Readonly<ExactlyOne<ScopeIds>>;

/**
 * Returns the account or zone that arguments name. JavaScript programs may also leave the arguments out.
 *
 * @throws Error if the arguments do not name exactly one account or zone.
 */
export function scopeOf(functionName: string, args: ScopeIds | null | undefined): Scope {
  const [declared, ...others] = declaredScopes(args ?? {});
  if (declared === undefined || others.length > 0)
    throw new Error(`${functionName}: pass exactly one of accountId and zoneId.`);
  const { name, kind, id } = declared;
  if (typeof id === "string" && isId(id)) return { kind, id: id.toLowerCase() };
  throw new Error(
    `${functionName}: ${name} must be 32 hexadecimal digits, as the dashboard shows it.`,
  );
}
