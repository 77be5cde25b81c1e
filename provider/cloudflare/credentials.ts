import { permissionFor } from "./error-hints.js";
import { parseRetryOptions, type RetryOptions } from "./retry-options.js";

/** A scoped API token, or the global API key with its email. */
export type Credentials =
  { readonly apiToken: string } | { readonly apiKey: string; readonly email: string };

/** The name of an option: of a `Provider`, and of a key in the stack's configuration. */
export type OptionName =
  "apiToken" | "apiKey" | "email" | "baseUrl" | "neverSend" | keyof RetryOptions;

/** The environment variable of each option. Most of them are those of Cloudflare's own provider. */
export const ENVIRONMENT_VARIABLES: Readonly<Record<OptionName, string>> = {
  apiToken: "CLOUDFLARE_API_TOKEN",
  apiKey: "CLOUDFLARE_API_KEY",
  email: "CLOUDFLARE_EMAIL",
  baseUrl: "CLOUDFLARE_BASE_URL",
  neverSend: "CLOUDFLARE_ZERO_TRUST_NEVER_SEND",
  retries: "CLOUDFLARE_RETRIES",
  minBackoff: "CLOUDFLARE_MIN_BACKOFF",
  maxBackoff: "CLOUDFLARE_MAX_BACKOFF",
  maxRetryTime: "CLOUDFLARE_MAX_RETRY_TIME",
  maxRateLimitTime: "CLOUDFLARE_MAX_RATE_LIMIT_TIME",
};

/** Reads one key of a configuration, such as `cloudflare:apiToken`. */
export type ReadConfig = (key: string) => string | undefined;

/** A place where options may be. An empty text counts as absent. */
interface Source {
  /** The name of the source in messages. */
  readonly name: string;
  readonly get: (option: OptionName) => string | undefined;
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
 * Resolves the credential chain: a `Provider` or the `zerotrust:` keys of the stack's configuration, then the
 * environment (which a rotation reaches at once), then the `cloudflare:` keys of that configuration. The first
 * source that has any credential wins as a set, so that a token of one source is never combined with the email of
 * another. Each other option has its own first source.
 *
 * @throws Error that says what is missing and where to put it. It never contains a credential.
 */
export function resolveConnection(
  readConfig: ReadConfig,
  env: Readonly<NodeJS.ProcessEnv>,
): Connection {
  // Under keys of its own: a Provider's token must not be taken for the stack's. Without a Provider, these
  // are keys of the stack's configuration.
  const provider: Source = {
    name: "Provider's arguments or `zerotrust:` configuration",
    get: (option) => readConfig(`zerotrust:${option}`),
  };
  refuseEmpty(provider);
  const sources: Source[] = [
    provider,
    { name: "environment", get: (option) => env[ENVIRONMENT_VARIABLES[option]] },
    { name: "stack's configuration", get: (option) => readConfig(`cloudflare:${option}`) },
  ];
  const first = (option: OptionName) => sources.map(({ get }) => get(option)).find(Boolean);
  const chosen = sources.find(({ get }) => CREDENTIALS.some((option) => get(option)));
  if (chosen === undefined) throw new Error(NO_CREDENTIALS);
  return {
    credentials: credentialsIn(chosen),
    source: chosen.name,
    baseUrl: checkBaseUrl(first("baseUrl") ?? DEFAULT_BASE_URL),
    neverSend: new Set(namesIn(first("neverSend") ?? "")),
    retryOptions: parseRetryOptions(first),
  };
}

const CREDENTIALS = ["apiToken", "apiKey", "email"] as const;

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

/**
 * Otherwise the next source's credential would be used, which may reach another account. An empty variable of
 * the environment is common, and counts as absent.
 */
function refuseEmpty({ name, get }: Source): void {
  const empty = CREDENTIALS.find((option) => get(option) === "");
  if (empty === undefined) return;
  throw new Error(
    `${empty} in the ${name} is empty. Check where its value comes from, or leave ${empty} out to use the credentials of the environment or of the stack configuration.`,
  );
}

function credentialsIn({ name, get }: Source): Credentials {
  const [apiToken, apiKey, email] = CREDENTIALS.map(get);
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
