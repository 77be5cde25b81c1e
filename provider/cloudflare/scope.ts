/** What an organization belongs to: an account or a zone, by its id. */
export interface Scope {
  readonly kind: "accounts" | "zones";
  readonly id: string;
}

const ID = /^[0-9a-f]{32}$/i;

/** Account and zone ids are 32 hexadecimal digits; nothing else may reach a URL. */
export function isId(text: string): boolean {
  return ID.test(text);
}

/** `accounts/<id>` or `zones/<id>`: how resources are identified in Pulumi's state. */
export function formatScope({ kind: level, id }: Scope): string {
  return `${level}/${id}`;
}

/** Reads `accounts/<id>`, `zones/<id>` or a bare account id; undefined where it is none of them. */
export function parseScope(text: string): Scope | undefined {
  if (isId(text)) return { kind: "accounts", id: text };
  const [level, id, ...rest] = text.split("/");
  if (
    (level !== "accounts" && level !== "zones") ||
    id === undefined ||
    !isId(id) ||
    rest.length > 0
  )
    return undefined;
  return { kind: level, id };
}

/**
 * Like `parseTarget`, for ids that a person gave.
 *
 * @throws Error saying what an id looks like.
 */
export function requireScope(text: string, noun: string): Scope {
  const target = parseScope(text);
  if (target !== undefined) return target;
  throw new Error(
    `"${text}" names no ${noun}: give accounts/<account id>, zones/<zone id> or an account id of 32 hexadecimal digits.`,
  );
}
