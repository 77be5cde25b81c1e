/** What an organization belongs to: an account or a zone, by its id. */
export interface Target {
  readonly level: "accounts" | "zones";
  readonly id: string;
}

const ID = /^[0-9a-f]{32}$/i;

/** Account and zone ids are 32 hexadecimal digits; nothing else may reach a URL. */
export function isId(text: string): boolean {
  return ID.test(text);
}

/** `accounts/<id>` or `zones/<id>`: how resources are identified in Pulumi's state. */
export function formatTarget({ level, id }: Target): string {
  return `${level}/${id}`;
}

/** Reads `accounts/<id>`, `zones/<id>` or a bare account id; undefined where it is none of them. */
export function parseTarget(text: string): Target | undefined {
  if (isId(text)) return { level: "accounts", id: text };
  const [level, id, ...rest] = text.split("/");
  if (
    (level !== "accounts" && level !== "zones") ||
    id === undefined ||
    !isId(id) ||
    rest.length > 0
  )
    return undefined;
  return { level, id };
}

/**
 * Like `parseTarget`, for ids that a person gave.
 *
 * @throws Error saying what an id looks like.
 */
export function requireTarget(text: string, noun: string): Target {
  const target = parseTarget(text);
  if (target !== undefined) return target;
  throw new Error(
    `"${text}" names no ${noun}: give accounts/<account id>, zones/<zone id> or an account id of 32 hexadecimal digits.`,
  );
}
