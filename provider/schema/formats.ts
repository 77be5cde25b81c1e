const HOST =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Whether a text is a full host name in ASCII, without scheme, port or path. */
export function isHost(text: string): boolean {
  return HOST.test(text);
}

const EMAIL = /^[^\s@]+@[^\s@]+$/;

/**
 * Whether a text may be an email address. Loose on purpose: Cloudflare knows its users. This only finds a
 * name or an id in the wrong place.
 */
export function isEmail(text: string): boolean {
  return EMAIL.test(text);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
