import type { ApiMessage } from "../../provider/cloudflare/envelope.js";
import { hintFor } from "../../provider/cloudflare/error-hints.js";
import type { Failure } from "../../provider/cloudflare/cloudflare-error.js";
import { ACCOUNT, ZONE } from "../ids.js";

const PATH = `/accounts/${ACCOUNT}/access/organizations`;
const ZONE_PATH = `/zones/${ZONE}/access/organizations`;
const TOKEN = "API token from the environment";
const KEY = "email and global API key from the environment";

function failure(facts: Partial<Failure>): Failure {
  return { method: "GET", path: PATH, errors: [], attempts: 1, credential: TOKEN, ...facts };
}

/** A rejection with one error. */
function rejected(error: Partial<ApiMessage>, facts: Partial<Failure> = {}): Failure {
  const errors = [{ code: undefined, text: "", chain: [], ...error }];
  return failure({ status: 403, errors, ...facts });
}

const INVALID = { code: 9109, text: "Invalid access token" };

describe("hintFor a rejected credential", () => {
  it.each<[string, Failure, string]>([
    [
      "that an API token is invalid",
      rejected(INVALID),
      `The ${TOKEN} is invalid, expired or revoked. Create a new token.`,
    ],
    [
      "that an API token is invalid if Cloudflare does not know it",
      rejected({ code: 1000, text: "Invalid API Token" }, { status: 401 }),
      `The ${TOKEN} is invalid, expired or revoked. Create a new token.`,
    ],
    [
      "how to use a new API token if state may contain the old one",
      rejected(INVALID, { credential: "API token from the stack's configuration" }),
      "The API token from the stack's configuration is invalid, expired or revoked. Create a new token. After a rotation, add --run-program, because refresh and destroy may use the token in the state.",
    ],
    [
      "that Cloudflare cannot parse an API token",
      rejected({ code: 6003 }),
      `Cloudflare cannot parse the ${TOKEN}. Set it without quotes, "Bearer" or a line break.`,
    ],
    [
      "that Cloudflare cannot parse an email and API key",
      rejected({ code: 6003 }, { credential: KEY }),
      `Cloudflare cannot parse the ${KEY}. Set both without quotes or a line break.`,
    ],
    ...[9103, 9106].map((code): [string, Failure, string] => [
      `what to check of an API token after error ${code}`,
      rejected({ code }),
      `Cloudflare does not recognize the ${TOKEN}. Check that it is complete and not revoked, and that it is an API token, not a global API key.`,
    ]),
    [
      "what to check of an email and API key",
      rejected({ code: 9103 }, { credential: KEY }),
      `Cloudflare does not recognize the ${KEY}. Check that both belong to the same user, and that the key is a global API key, not an API token.`,
    ],
    [
      "that the user is not allowed to do this, because an API key has no permissions",
      rejected({ code: 10000 }, { credential: KEY, path: ZONE_PATH }),
      `The user of the ${KEY} is not allowed to do this for zone ${ZONE}. Check the id, and the user's role. The organization may exist nevertheless.`,
    ],
  ])("says %s", (_, facts, hint) => {
    expect(hintFor(facts)).toBe(hint);
  });

  it.each([
    ["GET", PATH, "Read", "Read"],
    ["PUT", PATH, "Write", "Write"],
    ["PUT", `${PATH}/doh`, "Write", "Write"],
    ["POST", `${PATH}/revoke_user`, "Revoke", "Write"],
  ])("names the least permission for %s %s", (method, path, access, older) => {
    for (const code of [10000, 9109])
      expect(hintFor(rejected({ code }, { method, path }))).toBe(
        `The ${TOKEN} lacks a permission for account ${ACCOUNT}. Check the id, and add the permission "Access: Organizations" (${access}) or "Access: Organizations, Identity Providers, and Groups" (${older}) to the token for it. The organization may exist nevertheless.`,
      );
  });

  it("says that zones may require an email and a global API key", () => {
    expect(hintFor(rejected({ code: 10000 }, { path: ZONE_PATH }))).toContain(
      "For zones, Cloudflare documents only the email and global API key.",
    );
  });
});

describe("hintFor a rejected request", () => {
  const invalidSettings = (...causes: string[]) =>
    rejected({
      code: 12062,
      chain: causes.map((text) => ({ code: undefined, text, chain: [] })),
    });

  it.each<[string, Failure, string | undefined]>([
    [
      "says that the organization does not exist, and how to create it",
      rejected({ code: 9999, text: "access.api.error.not_enabled: access is not enabled" }),
      `Zero Trust is not enabled for account ${ACCOUNT}. Choose a plan in the dashboard, or declare authDomain and name to create the organization.`,
    ],
    [
      "says that another organization has this authDomain",
      rejected({ code: 11003 }),
      "Another organization uses this authDomain. Team names are unique among all Cloudflare customers. Choose another one.",
    ],
    [
      "asks for a full host name if authDomain is not one",
      rejected({ code: 11004 }),
      'authDomain must be a full host name, such as "team.cloudflareaccess.com".',
    ],
    [
      "says that single sign-on to the dashboard prevents a change of authDomain",
      rejected({ code: 12106 }),
      "authDomain cannot change while single sign-on for the Cloudflare dashboard is active. Turn it off first, or keep the current authDomain.",
    ],
    [
      "refers to the error chain, which names the rejected settings",
      invalidSettings("session_duration: is not a duration"),
      "Cloudflare rejected the settings. The lines above name the setting.",
    ],
    [
      "says that Cloudflare does not name the rejected setting",
      invalidSettings(),
      "Cloudflare rejected the settings and does not name the setting.",
    ],
    [
      "names the current name of a renamed authenticator",
      invalidSettings("mfa_config.allowed_authenticators.0: invalid mfa authenticator type"),
      'Cloudflare does not know a value of mfaConfig.allowedAuthenticators. "ssh_piv_key" is now called "piv_key".',
    ],
    [
      "says which id of a service token the API expects",
      rejected({ code: 12002, text: "access.api.error.service_token_not_found" }),
      "serviceTokenId must be the id of a service token of this account, not its client id.",
    ],
    ...[7000, 7003].map((code): [string, Failure, string] => [
      `says that the route or id does not exist after error ${code}`,
      rejected({ code }, { status: 400 }),
      `The API does not know this route or id. Check account ${ACCOUNT} and the base URL.`,
    ]),
    [
      "says that Cloudflare has an internal problem after a 5xx",
      failure({ status: 503 }),
      "Cloudflare has an internal problem. Run again later.",
    ],
    [
      "is undefined for a 5xx that is not from the API",
      failure({ status: 503, trouble: "an HTML page" }),
      undefined,
    ],
    ["is undefined for any other error", rejected({ code: 12130 }), undefined],
  ])("%s", (_, facts, hint) => {
    expect(hintFor(facts)).toBe(hint);
  });

  it.each([
    [undefined, "later"],
    [300, "in 300 s"],
    [89.327, "in 90 s"],
  ])("says when to run again after a 429 with the retry-after %p", (retryAfter, when) => {
    expect(hintFor(failure({ status: 429, retryAfter }))).toBe(
      `Cloudflare allows 1,200 requests in five minutes for each user or token, and then blocks all requests for five minutes. Run again ${when}.`,
    );
  });
});

describe("hintFor a failed connection", () => {
  const REFUSED = "connect ECONNREFUSED 127.0.0.1:8787";
  const proxyHint = (host: string, variable: string) =>
    `Cannot connect to ${host}, the proxy in ${variable}. Check ${variable}, or unset it if this network needs no proxy.`;
  const at = (trouble: string, env: Record<string, string>) => hintFor(failure({ trouble }), env);

  it.each<[string, string, Record<string, string>, string]>([
    [
      "CLOUDFLARE_BASE_URL",
      REFUSED,
      { CLOUDFLARE_BASE_URL: "http://127.0.0.1:8787/client/v4", HTTPS_PROXY: "http://10.0.0.1:80" },
      "Cannot connect to 127.0.0.1:8787, the host in CLOUDFLARE_BASE_URL. Start the server there, or unset CLOUDFLARE_BASE_URL to use Cloudflare's API.",
    ],
    [
      "HTTPS_PROXY",
      REFUSED,
      { HTTPS_PROXY: "http://someone:secret@127.0.0.1:8787" },
      proxyHint("127.0.0.1:8787", "HTTPS_PROXY"),
    ],
    [
      "https_proxy without a scheme",
      "getaddrinfo ENOTFOUND proxy.example.com",
      { https_proxy: "proxy.example.com:8080" },
      proxyHint("proxy.example.com:8080", "https_proxy"),
    ],
    [
      "HTTPS_PROXY by its port, if its host name resolved",
      "connect EHOSTUNREACH 10.1.2.3:8080",
      { HTTPS_PROXY: "http://proxy.example.com:8080" },
      proxyHint("proxy.example.com:8080", "HTTPS_PROXY"),
    ],
    [
      "the three causes if no variable has the address",
      "getaddrinfo ENOTFOUND api.cloudflare.com",
      {},
      "Check the network connection, the base URL (CLOUDFLARE_BASE_URL, or baseUrl of the Provider or the stack configuration), and the proxy (HTTPS_PROXY).",
    ],
    [
      "NODE_EXTRA_CA_CERTS for an untrusted certificate",
      "self-signed certificate in certificate chain",
      {},
      "Node.js does not trust the certificate. If a proxy on this network replaces certificates, set NODE_EXTRA_CA_CERTS to the file with its CA certificate.",
    ],
  ])("names %s", (_what, trouble, env, hint) => {
    expect(at(trouble, env)).toBe(hint);
  });

  it("adds nothing to an error after the connection was made", () => {
    expect(at("socket hang up", { HTTPS_PROXY: "http://127.0.0.1:8787" })).toBeUndefined();
  });
});
