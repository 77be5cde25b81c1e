import type { Definition, ScopeKind } from "./definition.js";

/** The input that names the scope of each kind. */
export const SCOPE_INPUTS = {
  accounts: "accountId",
  zones: "zoneId",
} as const satisfies Record<ScopeKind, string>;

export type ScopeInput = (typeof SCOPE_INPUTS)[ScopeKind];

/** The inputs that name an account or a zone, before validation. */
export type ScopeInputs = Readonly<Partial<Record<ScopeInput, unknown>>>;

/** A scope that inputs name, before validation. */
export interface DeclaredScope {
  readonly name: ScopeInput;
  readonly kind: ScopeKind;
  readonly id: unknown;
}

/** The scopes that inputs name. Valid inputs name exactly one. Null counts as left out. */
export function declaredScopes(args: ScopeInputs): DeclaredScope[] {
  return KINDS.map((kind) => {
    const name = SCOPE_INPUTS[kind];
    return { name, kind, id: args[name] };
  }).filter(({ id }) => id !== undefined && id !== null);
}

/** The inputs that name another account or zone than before. Letter case is ignored. */
export function changedScopes(before: ScopeInputs, after: ScopeInputs): ScopeInput[] {
  return Object.values(SCOPE_INPUTS).filter(
    (name) => canonical(before[name]) !== canonical(after[name]),
  );
}

const KINDS = Object.keys(SCOPE_INPUTS) as ScopeKind[];

function canonical(id: unknown): unknown {
  return typeof id === "string" ? id.toLowerCase() : id;
}

/** The input names of a definition, except the inputs of the scope. */
export function settingNames({
  settings,
  additionalSettings,
  otherInputs = [],
}: Definition): string[] {
  const additional = additionalSettings ? ["additionalSettings"] : [];
  return [...Object.keys(settings), ...additional, ...otherInputs];
}
