import { flattenChains } from "./envelope.js";
import type { Failure } from "./cloudflare-error.js";

/** Advice on a failed request. The first hint that applies is used. */
interface Hint {
  readonly applies: (facts: Facts) => boolean;
  readonly text: (facts: Facts) => string;
}

interface Facts extends Failure {
  readonly codes: ReadonlySet<number>;
  /** All messages of the response, including those of error chains. */
  readonly messages: string;
  /** "account 0123…" or "zone 0123…". */
  readonly scope: string;
  readonly isToken: boolean;
  readonly env: Environment;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What a request needs to be allowed to do. */
export type Access = "Read" | "Write" | "Revoke";

/**
 * Returns the least permission of an API token, and the older one that includes it. Cloudflare has
 * offered the first one since January 2026.
 */
export function permissionFor(access: Access): string {
  const older = access === "Revoke" ? "Write" : access;
  return `the permission "Access: Organizations" (${access}) or "Access: Organizations, Identity Providers, and Groups" (${older})`;
}

/** Errors of Node.js that usually mean that no connection was made. */
const NO_CONNECTION =
  /\b(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)\b|certificate/;

const HINTS: readonly Hint[] = [
  {
    applies: ({ trouble = "" }) => NO_CONNECTION.test(trouble),
    text: unreachable,
  },
  {
    applies: ({ codes }) => codes.has(6003),
    text: ({ credential, isToken }) =>
      `Cloudflare cannot parse the ${credential}. Set ${isToken ? 'it without quotes, "Bearer"' : "both without quotes"} or a line break.`,
  },
  {
    applies: ({ codes, messages }) =>
      (codes.has(9109) || codes.has(1000)) && /invalid (?:access|api) token/i.test(messages),
    text: ({ credential }) =>
      `The ${credential} is invalid, expired or revoked. Create a new token.${
        // The state never contains credentials of the environment.
        credential.endsWith("from the environment")
          ? ""
          : " After a rotation, add --run-program, because refresh and destroy may use the token in the state."
      }`,
  },
  {
    applies: ({ codes }) => codes.has(9103) || codes.has(9106),
    text: ({ credential, isToken }) =>
      isToken
        ? `Cloudflare does not recognize the ${credential}. Check that it is complete and not revoked, and that it is an API token, not a global API key.`
        : `Cloudflare does not recognize the ${credential}. Check that both belong to the same user, and that the key is a global API key, not an API token.`,
  },
  {
    applies: ({ codes, status }) => codes.has(10000) || codes.has(9109) || status === 401,
    text: ({ credential, scope, method, path, isToken }) =>
      [
        isToken
          ? `The ${credential} lacks a permission for ${scope}. Check the id, and add ${permissionFor(accessOf(method, path))} to the token for it.`
          : `The user of the ${credential} is not allowed to do this for ${scope}. Check the id, and the user's role.`,
        ...(isToken && scope.startsWith("zone")
          ? ["For zones, Cloudflare documents only the email and global API key."]
          : []),
        "The organization may exist nevertheless.",
      ].join(" "),
  },
  {
    applies: ({ codes, messages }) => codes.has(9999) && messages.includes("not_enabled"),
    text: ({ scope, method }) =>
      `Zero Trust is not enabled for ${scope}. Choose a plan in the dashboard${
        method === "GET" ? ", or declare authDomain and name to create the organization" : ""
      }.`,
  },
  {
    applies: ({ codes, messages }) =>
      codes.has(11003) || messages.includes("auth_domain_not_available"),
    text: () =>
      "Another organization uses this authDomain. Team names are unique among all Cloudflare customers. Choose another one.",
  },
  {
    applies: ({ codes, messages }) => codes.has(11004) || messages.includes("invalid_auth_domain"),
    text: () => 'authDomain must be a full host name, such as "team.cloudflareaccess.com".',
  },
  {
    applies: ({ codes }) => codes.has(12106),
    text: () =>
      "authDomain cannot change while single sign-on for the Cloudflare dashboard is active. Turn it off first, or keep the current authDomain.",
  },
  {
    applies: ({ messages }) => messages.includes("invalid mfa authenticator type"),
    text: () =>
      'Cloudflare does not know a value of mfaConfig.allowedAuthenticators. "ssh_piv_key" is now called "piv_key".',
  },
  {
    applies: ({ codes }) => codes.has(12062),
    text: ({ errors }) =>
      errors.some(({ chain }) => chain.length > 0)
        ? "Cloudflare rejected the settings. The lines above name the setting."
        : "Cloudflare rejected the settings and does not name the setting.",
  },
  {
    applies: ({ messages }) => messages.includes("service_token_not_found"),
    text: () =>
      "serviceTokenId must be the id of a service token of this account, not its client id.",
  },
  {
    applies: ({ codes }) => codes.has(7000) || codes.has(7003),
    text: ({ scope }) => `The API does not know this route or id. Check ${scope} and the base URL.`,
  },
  {
    applies: ({ status }) => status === 429,
    text: ({ retryAfter }) =>
      `Cloudflare allows 1,200 requests in five minutes for each user or token, and then blocks all requests for five minutes. Run again ${retryAfter === undefined ? "later" : `in ${Math.ceil(retryAfter)} s`}.`,
  },
  {
    applies: ({ trouble, status }) =>
      trouble === undefined && status !== undefined && status >= 500,
    text: () => "Cloudflare has an internal problem. Run again later.",
  },
];

/** Returns advice on a failed request, if there is any. */
export function hintFor(failure: Failure, env: Environment = process.env): string | undefined {
  const all = flattenChains(failure.errors);
  const facts: Facts = {
    ...failure,
    codes: new Set(all.flatMap(({ code }) => (code === undefined ? [] : [code]))),
    messages: all.map(({ text }) => text).join("\n"),
    scope: scopeOf(failure.path),
    isToken: failure.credential.startsWith("API token"),
    env,
  };
  return HINTS.find(({ applies }) => applies(facts))?.text(facts);
}

function scopeOf(path: string): string {
  const [, kind, id] = path.split("/");
  return `${kind === "zones" ? "zone" : "account"} ${id ?? ""}`.trim();
}

function accessOf(method: string, path: string): Access {
  if (path.endsWith("/revoke_user")) return "Revoke";
  return method === "GET" ? "Read" : "Write";
}

const PROXY_VARIABLES = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
const DEFAULT_PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

/** Names the variable that contains the address to which the connection failed. */
function unreachable({ trouble = "", env }: Facts): string {
  if (/certificate/i.test(trouble))
    return "Node.js does not trust the certificate. If a proxy on this network replaces certificates, set NODE_EXTRA_CA_CERTS to the file with its CA certificate.";
  const variable = ["CLOUDFLARE_BASE_URL", ...PROXY_VARIABLES].find((name) =>
    isAddressOf(env[name], trouble),
  );
  const host = variable === undefined ? "" : (urlOf(env[variable])?.host ?? "");
  if (variable === "CLOUDFLARE_BASE_URL")
    return `Cannot connect to ${host}, the host in CLOUDFLARE_BASE_URL. Start the server there, or unset CLOUDFLARE_BASE_URL to use Cloudflare's API.`;
  if (variable !== undefined)
    return `Cannot connect to ${host}, the proxy in ${variable}. Check ${variable}, or unset it if this network needs no proxy.`;
  const proxy = PROXY_VARIABLES.find((name) => env[name]) ?? "HTTPS_PROXY";
  return `Check the network connection, the base URL (CLOUDFLARE_BASE_URL, or baseUrl of the Provider or the stack configuration), and the proxy (${proxy}).`;
}

/** Whether Node.js's error names the address of a URL: `connect ECONNREFUSED 127.0.0.1:8080`. */
function isAddressOf(text: string | undefined, trouble: string): boolean {
  const url = urlOf(text);
  if (url === undefined) return false;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port || DEFAULT_PORTS[url.protocol];
  const [, unknownHost] = / (?:ENOTFOUND|EAI_AGAIN) (\S+)/.exec(trouble) ?? [];
  if (unknownHost !== undefined) return unknownHost === host;
  const [, ip, failedPort] = /connect [A-Z]+ (\S+):(\d+)/.exec(trouble) ?? [];
  // The address of a host name is unknown here, but its port is usually that of no other server.
  const isName = !/^[\d.]+$|:/.test(host);
  return failedPort === port && (ip === host || isName);
}

/** Returns a proxy's URL also if it lacks a scheme, as curl accepts it. */
function urlOf(text: string | undefined): URL | undefined {
  if (!text) return undefined;
  const url = text.includes("://") ? text : `http://${text}`;
  return URL.canParse(url) ? new URL(url) : undefined;
}
