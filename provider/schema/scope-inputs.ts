import type { ScopeKind } from "./definition.js";

/** The argument by which a program names what an object belongs to, at each level of the API. */
export const SCOPE_INPUTS = {
  accounts: "accountId",
  zones: "zoneId",
} as const satisfies Record<ScopeKind, string>;

export type ScopeInput = (typeof SCOPE_INPUTS)[ScopeKind];

/** What arguments name an account or a zone by; nothing checked yet. */
export type ScopeInputs = Readonly<Partial<Record<ScopeInput, unknown>>>;

/** An account or zone that arguments name. */
export interface DeclaredScope {
  readonly name: ScopeInput;
  readonly level: ScopeKind;
  readonly id: unknown;
}

/** The accounts and zones that arguments name: exactly one of them, if the arguments are right. */
export function declaredScopes(args: ScopeInputs): DeclaredScope[] {
  return LEVELS.map((level) => {
    const name = SCOPE_INPUTS[level];
    return { name, level, id: args[name] };
  }).filter(({ id }) => id !== undefined);
}

/** The arguments that name another account or zone than before. In another letter case it is the same. */
export function changedScopes(before: ScopeInputs, after: ScopeInputs): ScopeInput[] {
  return Object.values(SCOPE_INPUTS).filter(
    (name) => canonical(before[name]) !== canonical(after[name]),
  );
}

const LEVELS = Object.keys(SCOPE_INPUTS) as ScopeKind[];

function canonical(id: unknown): unknown {
  return typeof id === "string" ? id.toLowerCase() : id;
}
