import { permissionFor } from "./error-hints.js";
import { parseRetryOptions, RETRY_OPTION_NAMES, type RetryOptions } from "./retry-options.js";

/** A scoped API token, or the global API key with its email. */
export type Credentials =
  { readonly apiToken: string } | { readonly apiKey: string; readonly email: string };

/** A possible source of credentials. Empty strings count as absent, except in an explicit source. */
export interface CredentialSource {
  /** The name of the source in messages. */
  readonly name: string;
  /** Whether the source exists for this purpose only, so that an empty credential is a mistake. */
  readonly isExplicit?: boolean;
  readonly apiToken?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly email?: string | undefined;
  readonly baseUrl?: string | undefined;
  /** API names, separated by commas, or as a JSON list, which is how Pulumi passes lists. */
  readonly neverSend?: string | undefined;
  readonly retryOptions?: Readonly<Partial<Record<keyof RetryOptions, string | undefined>>>;
}

/** How to reach the API, and the source of the credentials. */
export interface Connection {
  readonly credentials: Credentials;
  readonly source: string;
  readonly baseUrl: string;
  readonly neverSend: ReadonlySet<string>;
  readonly retryOptions: RetryOptions;
}

export const DEFAULT_BASE_URL = "https://api.cloudflare.com/client/v4";

/**
 * Resolves the credential chain: the first source that has any credential wins as a set, so that a token
 * of one source is never combined with the email of another. Each other option has its own first source.
 *
 * @throws Error that says what is missing and where to put it. It never contains a credential.
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
    retryOptions: parseRetryOptions((name) =>
      sources.map(({ retryOptions }) => retryOptions?.[name]).find(Boolean),
    ),
  };
}

/** The API name of a setting or of a member: `new_setting`, `login_design.new_member`. */
const API_NAME = /^[^\s"'[\]{}]+$/;

/** @throws Error for an invalid name: the setting would be sent all the same. */
function namesIn(text: string): string[] {
  const list = /^\s*\[(.*)\]\s*$/s.exec(text)?.[1]?.replaceAll('"', "") ?? text;
  const names = list
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  const wrong = names.find((name) => !API_NAME.test(name));
  if (wrong === undefined) return names;
  throw new Error(
    `neverSend contains ${JSON.stringify(wrong)}, which is not an API name. Use API names, such as login_design.new_member, as a list or separated by commas.`,
  );
}

const NO_CREDENTIALS = [
  "No Cloudflare credentials found. Set an API token in one of these places:",
  "  - the environment: CLOUDFLARE_API_TOKEN (or CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL)",
  "  - the stack configuration: pulumi config set --secret cloudflare:apiToken",
  "  - a Provider of this package, passed as the resource option `provider`",
  `The token needs ${permissionFor("Write")}.`,
].join("\n");

/** Otherwise the next source's credential would be used, which may reach another account. */
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
    `${argument} in the ${name} is empty. Check where its value comes from, or leave ${argument} out to use the credentials of the environment or of the stack configuration.`,
  );
}

function credentialsOf({ name, apiToken, apiKey, email }: CredentialSource): Credentials {
  if (apiToken) return { apiToken: checkHeaderValue(apiToken, "API token", name) };
  if (apiKey && email)
    return {
      apiKey: checkHeaderValue(apiKey, "API key", name),
      email: checkHeaderValue(email, "email", name),
    };
  const incomplete = apiKey ? "an API key without an email" : "an email without an API key";
  throw new Error(`There is ${incomplete} in the ${name}. Set both, or an API token instead.`);
}

/** Cloudflare rejects these with 400/6003, and Node throws for some without saying why. */
function checkHeaderValue(value: string, what: string, source: string): string {
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  const quotes = what === "API token" ? 'quotes, without "Bearer"' : "quotes";
  throw new Error(
    `The ${what} from the ${source} contains a space, a line break or another character that no ${what} has. Set it without ${quotes} and without a line break at its end.`,
  );
}

/** Credentials are sent only over https. A loopback address is the one exception, for the emulator. */
function checkBaseUrl(text: string): string {
  const hint = `Use a base URL such as ${DEFAULT_BASE_URL}.`;
  if (!URL.canParse(text)) throw new Error(`The base URL is not a valid URL. ${hint}`);
  const url = new URL(text);
  if (url.username || url.password || url.search || url.hash)
    throw new Error(`The base URL must not contain credentials, a query or a fragment. ${hint}`);
  const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback))
    throw new Error(
      `The base URL ${url.origin} is not https, so the credentials would be sent unencrypted. Plain http works for loopback addresses only. ${hint}`,
    );
  const path = url.pathname.replace(/\/+$/, "");
  if (!path.endsWith("/client/v4"))
    throw new Error(`The base URL ${url.origin}${path} does not end in /client/v4. ${hint}`);
  return `${url.origin}${path}`;
}

/** Reads one key of a configuration, such as `cloudflare:apiToken`. */
export type ReadConfig = (key: string) => string | undefined;

/**
 * Where credentials may come from, in the order in which they are looked for: explicitly given,
 * then the environment (which a rotation reaches at once), then the configuration of the stack.
 */
export function credentialSources(
  readConfig: ReadConfig,
  env: Readonly<NodeJS.ProcessEnv>,
): CredentialSource[] {
  return [
    // Under keys of their own: a Provider's token must not be taken for the stack's. Without a Provider,
    // these are keys of the stack's configuration.
    {
      ...keysOf("zerotrust", "Provider's arguments or `zerotrust:` configuration", readConfig),
      isExplicit: true,
    },
    {
      name: "environment",
      apiToken: env.CLOUDFLARE_API_TOKEN,
      apiKey: env.CLOUDFLARE_API_KEY,
      email: env.CLOUDFLARE_EMAIL,
      baseUrl: env.CLOUDFLARE_BASE_URL,
      neverSend: env.CLOUDFLARE_ZERO_TRUST_NEVER_SEND,
      retryOptions: eachLimit((name) => env[environmentName(name)]),
    },
    keysOf("cloudflare", "stack's configuration", readConfig),
  ];
}

function keysOf(namespace: string, name: string, readConfig: ReadConfig): CredentialSource {
  return {
    name,
    apiToken: readConfig(`${namespace}:apiToken`),
    apiKey: readConfig(`${namespace}:apiKey`),
    email: readConfig(`${namespace}:email`),
    baseUrl: readConfig(`${namespace}:baseUrl`),
    neverSend: readConfig(`${namespace}:neverSend`),
    retryOptions: eachLimit((name) => readConfig(`${namespace}:${name}`)),
  };
}

function eachLimit(
  find: (name: keyof RetryOptions) => string | undefined,
): NonNullable<CredentialSource["retryOptions"]> {
  return Object.fromEntries(RETRY_OPTION_NAMES.map((name) => [name, find(name)]));
}

/** `maxBackoff` → CLOUDFLARE_MAX_BACKOFF, as in Cloudflare's own provider. */
function environmentName(name: string): string {
  return `CLOUDFLARE_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`;
}
