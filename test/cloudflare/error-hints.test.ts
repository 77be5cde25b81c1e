import { hintFor } from "../../provider/cloudflare/error-hints.js";
import type { Failure } from "../../provider/cloudflare/cloudflare-error.js";
import { ACCOUNT, ZONE } from "../ids.js";

const PATH = `/accounts/${ACCOUNT}/access/organizations`;

function failure(facts: Partial<Failure>): Failure {
  return {
    method: "GET",
    path: PATH,
    errors: [],
    attempts: 1,
    credential: "API token from the environment",
    ...facts,
  };
}

describe("hintFor an API error", () => {
  const rejected = (code: number, facts: Partial<Failure> = {}) =>
    hintFor(failure({ status: 403, errors: [{ code, text: "", chain: [] }], ...facts }));

  const CHECK_TOKEN =
    "Check that it is complete and not revoked, and that it is an API token, not a global API key.";
  it.each([
    [9103, "API token from the environment", CHECK_TOKEN],
    [9106, "API token from the environment", CHECK_TOKEN],
    [
      9103,
      "email and global API key from the environment",
      "Check that both belong to the same user, and that the key is a global API key, not an API token.",
    ],
  ])("names for code %d and the %s what to check", (code, credential, advice) => {
    expect(rejected(code, { credential })).toBe(
      `Cloudflare does not recognize the ${credential}. ${advice}`,
    );
  });

  it.each([
    ["GET", PATH, "Read", "Read"],
    ["PUT", PATH, "Write", "Write"],
    ["PUT", `${PATH}/doh`, "Write", "Write"],
    ["POST", `${PATH}/revoke_user`, "Revoke", "Write"],
  ])("names the least permission for %s %s", (method, path, access, older) => {
    expect(rejected(10000, { method, path })).toContain(
      `add the permission "Access: Organizations" (${access}) or "Access: Organizations, Identity Providers, and Groups" (${older}) to the token`,
    );
  });

  it.each([
    [undefined, "later"],
    [300, "in 300 s"],
    [89.327, "in 90 s"],
  ])("says when to run again after a 429 with the retry-after %p", (retryAfter, when) => {
    const hint = hintFor(failure({ status: 429, retryAfter }));
    expect(hint?.endsWith(` Run again ${when}.`)).toBe(true);
  });

  it('names neither "Bearer" nor quotes of one value for an email with an API key', () => {
    const credential = "email and global API key from the environment";
    expect(rejected(6003, { credential })).toBe(
      "Cloudflare cannot parse the email and global API key from the environment. Set both without quotes or a line break.",
    );
  });

  it("does not offer a permission to a global API key, which has none", () => {
    const credential = "email and global API key from the environment";
    const path = `/zones/${ZONE}/access/organizations`;
    expect(rejected(10000, { credential, path })).toBe(
      `The user of the ${credential} is not allowed to do this for zone ${ZONE}. Check the id, and the user's role. The organization may exist nevertheless.`,
    );
  });
});

describe("hintFor a failed connection", () => {
  const REFUSED = "connect ECONNREFUSED 127.0.0.1:8787";
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
      "Cannot connect to 127.0.0.1:8787, the proxy in HTTPS_PROXY. Check HTTPS_PROXY, or unset it if this network needs no proxy.",
    ],
    [
      "https_proxy without a scheme",
      "getaddrinfo ENOTFOUND proxy.example.com",
      { https_proxy: "proxy.example.com:8080" },
      "Cannot connect to proxy.example.com:8080, the proxy in https_proxy. Check https_proxy, or unset it if this network needs no proxy.",
    ],
    [
      "HTTPS_PROXY by its port, if its host name resolved",
      "connect EHOSTUNREACH 10.1.2.3:8080",
      { HTTPS_PROXY: "http://proxy.example.com:8080" },
      "Cannot connect to proxy.example.com:8080, the proxy in HTTPS_PROXY. Check HTTPS_PROXY, or unset it if this network needs no proxy.",
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
