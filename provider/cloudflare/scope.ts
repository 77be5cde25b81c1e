/** The account or zone that an organization belongs to. */
export interface Scope {
  readonly kind: "accounts" | "zones";
  /** 32 hexadecimal digits in lower case. */
  readonly id: string;
}

const ID = /^[0-9a-f]{32}$/i;

/** Account and zone ids are 32 hexadecimal digits. Nothing else may reach a URL. */
export function isId(text: string): boolean {
  return ID.test(text);
}

/** `accounts/<id>` or `zones/<id>`: the id of a resource in Pulumi's state. */
export function formatScope({ kind, id }: Scope): string {
  return `${kind}/${id.toLowerCase()}`;
}

/** "account 0123…" or "zone 0123…", for messages. */
export function describeScope({ kind, id }: Scope): string {
  return `${kind === "zones" ? "zone" : "account"} ${id.toLowerCase()}`;
}

/** Parses `accounts/<id>`, `zones/<id>` or an account id; undefined if the text is none of them. */
export function parseScope(text: string): Scope | undefined {
  const [kind, id, ...rest] = isId(text) ? ["accounts", text] : text.split("/");
  if ((kind !== "accounts" && kind !== "zones") || id === undefined) return undefined;
  return isId(id) && rest.length === 0 ? { kind, id: id.toLowerCase() } : undefined;
}

/**
 * Like `parseScope`, for ids that a person entered.
 *
 * @throws Error that describes a valid id of this resource type.
 */
export function scopeFromId(
  { displayName, scopes }: { displayName: string; scopes: readonly Scope["kind"][] },
  text: string,
): Scope {
  const scope = parseScope(text);
  if (scope !== undefined && scopes.includes(scope.kind)) return scope;
  const zones = scopes.includes("zones") ? ", zones/<zone id>" : "";
  throw new Error(
    `"${text}" is not an id of the ${displayName}. Use accounts/<account id>${zones} or an account id of 32 hexadecimal digits.`,
  );
}
