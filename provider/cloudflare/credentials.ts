import { parseRetryOptions, type RetryOptions } from "./retry-options.js";

/** A scoped API token, or the global API key with its email. */
export type Credentials =
  { readonly apiToken: string } | { readonly apiKey: string; readonly email: string };

/** One place that credentials may come from. Empty strings count as absent, unless told otherwise. */
export interface CredentialSource {
  /** How messages call it. */
  readonly name: string;
  /** Whether what is there was put there for one purpose, so that an empty credential is a mistake. */
  readonly isExplicit?: boolean;
  readonly apiToken?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly email?: string | undefined;
  readonly baseUrl?: string | undefined;
  /** Wire names, separated by commas, or as a list in JSON, which is how Pulumi hands lists over. */
  readonly neverSend?: string | undefined;
  readonly limits?: Readonly<Partial<Record<keyof RetryOptions, string | undefined>>>;
}

/** Everything that is needed to reach the API, and where the credentials were found. */
export interface Connection {
  readonly credentials: Credentials;
  readonly source: string;
  readonly baseUrl: string;
  readonly neverSend: ReadonlySet<string>;
  readonly limits: RetryOptions;
}

export const DEFAULT_BASE_URL = "https://api.cloudflare.com/client/v4";

/**
 * Chooses credentials: the first source that has any wins as a set, so that a token of one place
 * never meets the email of another. All else is looked up one by one.
 *
 * @throws Error saying what is missing and where to put it; it never holds a credential.
 */
export function resolveConnection(sources: readonly CredentialSource[]): Connection {
  for (const source of sources) refuseEmpty(source);
  const chosen = sources.find(({ apiToken, apiKey, email }) =>
    [apiToken, apiKey, email].some(Boolean),
  );
  if (chosen === undefined) throw new Error(NO_CREDENTIALS);
  const baseUrl = sources.map((source) => source.baseUrl).find(Boolean) ?? DEFAULT_BASE_URL;
  const neverSend = sources.map((source) => source.neverSend).find(Boolean) ?? "";
  return {
    credentials: credentialsOf(chosen),
    source: chosen.name,
    baseUrl: checkBaseUrl(baseUrl),
    neverSend: new Set(namesIn(neverSend)),
    limits: parseRetryOptions((name) => sources.map(({ limits }) => limits?.[name]).find(Boolean)),
  };
}

/** Whatever the API may call a setting, or a member of one: `new_setting`, `login_design.new_member`. */
const WIRE_NAME = /^[^\s"'[\]{}]+$/;

/** @throws Error naming what can't be the name of a setting: it would silently be sent all the same. */
function namesIn(text: string): string[] {
  const list = /^\s*\[(.*)\]\s*$/s.exec(text)?.[1]?.replaceAll('"', "") ?? text;
  const names = list
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  const wrong = names.find((name) => !WIRE_NAME.test(name));
  if (wrong === undefined) return names;
  throw new Error(
    `neverSend holds ${JSON.stringify(wrong)}, which is no name of a setting: give the API's own names as a list, or separated by commas.`,
  );
}

const NO_CREDENTIALS = [
  "No Cloudflare credentials were found. Give an API token in one of these places:",
  "  - the environment: CLOUDFLARE_API_TOKEN (or CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL)",
  "  - the stack's configuration: pulumi config set --secret cloudflare:apiToken",
  "  - a Provider of this package, passed as the option `provider`",
  'The token needs the permission "Access: Organizations, Identity Providers, and Groups" (Write).',
].join("\n");

/** Without a word another credential would be used, which may reach another account. */
function refuseEmpty({
  name,
  isExplicit = false,
  apiToken,
  apiKey,
  email,
}: CredentialSource): void {
  if (!isExplicit) return;
  const empty = Object.entries({ apiToken, apiKey, email }).find(([, value]) => value === "");
  if (empty === undefined) return;
  const [argument] = empty;
  throw new Error(
    `In the ${name}, ${argument} came out empty. Find out where its value should come from, or leave ${argument} out to use the credentials of the environment or of the stack's configuration.`,
  );
}

function credentialsOf({ name, apiToken, apiKey, email }: CredentialSource): Credentials {
  if (apiToken) return { apiToken: checkHeaderValue(apiToken, "API token", name) };
  if (apiKey && email)
    return {
      apiKey: checkHeaderValue(apiKey, "API key", name),
      email: checkHeaderValue(email, "email", name),
    };
  const missing = apiKey ? "the email that belongs to it" : "the API key that belongs to it";
  throw new Error(
    `In the ${name} there is ${apiKey ? "an API key" : "an email"} without ${missing}. Give both, or an API token in their place.`,
  );
}

/** Cloudflare answers 400/6003 to these, and Node refuses some without a word of what is wrong. */
function checkHeaderValue(value: string, what: string, source: string): string {
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  throw new Error(
    `The ${what} from the ${source} holds a space, a line break or another character that no ${what} has. Give it bare: without quotes, without "Bearer", without a line break at its end.`,
  );
}

/** Credentials travel only encrypted; a loopback address is the one exception, for the emulator. */
function checkBaseUrl(text: string): string {
  const advice = `Give a base URL such as ${DEFAULT_BASE_URL}.`;
  if (!URL.canParse(text)) throw new Error(`The base URL is no URL. ${advice}`);
  const url = new URL(text);
  if (url.username || url.password || url.search || url.hash)
    throw new Error(`The base URL must hold no credentials, query or fragment. ${advice}`);
  const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback))
    throw new Error(
      `The base URL ${url.origin} is not https, so the credentials would travel in clear. Plain http is taken for loopback addresses only. ${advice}`,
    );
  const path = url.pathname.replace(/\/+$/, "");
  if (!path.endsWith("/client/v4"))
    throw new Error(`The base URL ${url.origin}${path} does not end in /client/v4. ${advice}`);
  return `${url.origin}${path}`;
}
