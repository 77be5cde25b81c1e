import { resolveConnection, type CredentialSource } from "../../provider/cloudflare/credentials.js";
import { credentialSources } from "../../provider/cloudflare/credential-chain.js";

/** What is found with some configuration and some environment. */
function found(config: Record<string, string>, env: NodeJS.ProcessEnv = {}) {
  return resolveConnection(credentialSources((key) => config[key], env));
}
const source = (values: Partial<CredentialSource>) => ({ name: "environment", ...values });
const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
};

const provider = { "zerotrust:apiToken": "of-the-provider" };
const environment = { CLOUDFLARE_API_TOKEN: "of-the-environment" };
const stack = { "cloudflare:apiToken": "of-the-stack" };

describe("credentials are looked for", () => {
  it("in a Provider's arguments, then the environment, then the stack's configuration", () => {
    expect(found({ ...provider, ...stack }, environment)).toMatchObject({
      credentials: { apiToken: "of-the-provider" },
      source: "Provider's arguments",
    });
    expect(found(stack, environment)).toMatchObject({
      credentials: { apiToken: "of-the-environment" },
      source: "environment",
    });
    expect(found(stack)).toMatchObject({
      credentials: { apiToken: "of-the-stack" },
      source: "stack's configuration",
    });
  });

  it("as an API token, or as the global API key with its email", () => {
    const pair = { apiKey: "the-key", email: "one@example.com" };
    const configured = { "cloudflare:apiKey": pair.apiKey, "cloudflare:email": pair.email };
    expect(found(configured).credentials).toEqual(pair);
    const exported = { CLOUDFLARE_API_KEY: pair.apiKey, CLOUDFLARE_EMAIL: pair.email };
    expect(found({}, exported).credentials).toEqual(pair);
  });

  it("as a set: an email of one place never meets a key of another", () => {
    const email = { "zerotrust:email": "one@example.com" };
    const key = { CLOUDFLARE_API_KEY: "the-key", CLOUDFLARE_EMAIL: "other@example.com" };
    expect(messageOf(() => found(email, key))).toMatchInlineSnapshot(
      `"In the Provider's arguments there is an email without the API key that belongs to it. Give both, or an API token in their place."`,
    );
  });

  it("in the next place where one is empty", () => {
    expect(found(stack, { CLOUDFLARE_API_TOKEN: "" }).credentials).toEqual({
      apiToken: "of-the-stack",
    });
  });

  it("and a token is taken where a place has a key too", () => {
    const both = { ...environment, CLOUDFLARE_API_KEY: "k", CLOUDFLARE_EMAIL: "one@example.com" };
    expect(found({}, both).credentials).toEqual({ apiToken: "of-the-environment" });
  });
});

describe("what goes with them is looked for by itself", () => {
  it("the base URL", () => {
    const baseUrl = "https://api.example.com/client/v4";
    expect(found(provider).baseUrl).toBe("https://api.cloudflare.com/client/v4");
    expect(found(provider, { CLOUDFLARE_BASE_URL: baseUrl }).baseUrl).toBe(baseUrl);
    expect(found({ ...provider, "cloudflare:baseUrl": baseUrl }).baseUrl).toBe(baseUrl);
    const stated = { ...provider, "zerotrust:baseUrl": "https://one.example.com/client/v4" };
    expect(found(stated, { CLOUDFLARE_BASE_URL: baseUrl }).baseUrl).toBe(
      "https://one.example.com/client/v4",
    );
  });

  it("the names that are never sent, separated by commas, or as the list in JSON that Pulumi makes of one", () => {
    const exported = { ...environment, CLOUDFLARE_ZERO_TRUST_NEVER_SEND: "one, other,,one" };
    expect(found(stack, exported).neverSend).toEqual(new Set(["one", "other"]));
    const configured = { ...stack, "zerotrust:neverSend": "configured" };
    expect(found(configured).neverSend).toEqual(new Set(["configured"]));
    const listed = { ...stack, "zerotrust:neverSend": '["one","login_design.other"]' };
    expect(found(listed).neverSend).toEqual(new Set(["one", "login_design.other"]));
    expect(found(stack).neverSend).toEqual(new Set());
    for (const wrong of ["one other", '{"one":true}', "'one'"])
      expect(() => found({ ...stack, "zerotrust:neverSend": wrong })).toThrow(
        "which is no name of a setting: give the API's own names as a list, or separated by commas.",
      );
  });
});

describe("credentials are refused", () => {
  it("where there are none, with all the places that they may be put", () => {
    expect(messageOf(() => found({}))).toMatchInlineSnapshot(`
      "No Cloudflare credentials were found. Give an API token in one of these places:
        - the environment: CLOUDFLARE_API_TOKEN (or CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL)
        - the stack's configuration: pulumi config set --secret cloudflare:apiToken
        - a Provider of this package, passed as the option \`provider\`
      The token needs the permission "Access: Organizations, Identity Providers, and Groups" (Write)."
    `);
  });

  it("where a Provider's came out empty: another one would be used", () => {
    const empty = { "zerotrust:apiKey": "the-key", "zerotrust:email": "" };
    const message = messageOf(() => found({ ...empty, ...stack }, environment));
    expect(message).toMatchInlineSnapshot(
      `"In the Provider's arguments, email came out empty. Find out where its value should come from, or leave email out to use the credentials of the environment or of the stack's configuration."`,
    );
  });

  it("where half of a pair is missing", () => {
    expect(messageOf(() => found({}, { CLOUDFLARE_API_KEY: "the-key" }))).toMatchInlineSnapshot(
      `"In the environment there is an API key without the email that belongs to it. Give both, or an API token in their place."`,
    );
    expect(messageOf(() => found({ "cloudflare:email": "one@example.com" }))).toMatchInlineSnapshot(
      `"In the stack's configuration there is an email without the API key that belongs to it. Give both, or an API token in their place."`,
    );
  });

  it.each(["Bearer the-token", "the-token\n", " the-token", '"the token"', "the\u2013token"])(
    "where the token is garbled, without repeating it: %j",
    (apiToken) => {
      const message = messageOf(() => resolveConnection([source({ apiToken })]));
      expect(message).toMatch(/^The API token from the environment holds /);
      expect(message).not.toContain("the-token");
    },
  );

  it("where the key or the email is garbled", () => {
    const key = messageOf(() =>
      resolveConnection([source({ apiKey: "the key", email: "e@x.org" })]),
    );
    expect(key).toMatchInlineSnapshot(
      `"The API key from the environment holds a space, a line break or another character that no API key has. Give it bare: without quotes, without "Bearer", without a line break at its end."`,
    );
    const email = messageOf(() =>
      resolveConnection([source({ apiKey: "key", email: "e@x.org\n" })]),
    );
    expect(email).toMatchInlineSnapshot(
      `"The email from the environment holds a space, a line break or another character that no email has. Give it bare: without quotes, without "Bearer", without a line break at its end."`,
    );
  });
});

describe("a base URL", () => {
  const baseUrlOf = (baseUrl: string) =>
    resolveConnection([source({ apiToken: "the-token", baseUrl })]).baseUrl;

  it.each([
    ["https://api.cloudflare.com/client/v4", "https://api.cloudflare.com/client/v4"],
    ["https://api.cloudflare.com/client/v4/", "https://api.cloudflare.com/client/v4"],
    ["https://proxy.example.com:8443/cf/client/v4", "https://proxy.example.com:8443/cf/client/v4"],
    ["http://127.0.0.1:8080/client/v4", "http://127.0.0.1:8080/client/v4"],
    ["http://localhost:8080/client/v4", "http://localhost:8080/client/v4"],
    ["http://[::1]:8080/client/v4", "http://[::1]:8080/client/v4"],
  ])("%s is taken", (given, taken) => {
    expect(baseUrlOf(given)).toBe(taken);
  });

  it.each([
    "http://api.cloudflare.com/client/v4",
    "http://127.0.0.1.example.com/client/v4",
    "http://localhost.example.com/client/v4",
    "http://192.168.0.1/client/v4",
    "ftp://127.0.0.1/client/v4",
    "https://api.cloudflare.com",
    "https://api.cloudflare.com/client/v4/accounts",
    "https://api.cloudflare.com/client/v5",
    "https://user:the-password@api.cloudflare.com/client/v4",
    "https://api.cloudflare.com/client/v4?the-password=1",
    "https://api.cloudflare.com/client/v4#top",
    "api.cloudflare.com/client/v4",
    "not a URL",
  ])("%s is refused", (given) => {
    const message = messageOf(() => baseUrlOf(given));
    expect(message).toMatch(/^The base URL /);
    expect(message).toContain("https://api.cloudflare.com/client/v4");
    expect(message).not.toMatch(/the-token|the-password/);
  });

  it("that is refused is told why", () => {
    const messages = [
      "api.cloudflare.com",
      "http://api.cloudflare.com/client/v4",
      "https://api.cloudflare.com/v4",
      "https://user@api.cloudflare.com/client/v4",
    ].map((given) => messageOf(() => baseUrlOf(given)));
    expect(messages.join("\n")).toMatchInlineSnapshot(`
      "The base URL is no URL. Give a base URL such as https://api.cloudflare.com/client/v4.
      The base URL http://api.cloudflare.com is not https, so the credentials would travel in clear. Plain http is taken for loopback addresses only. Give a base URL such as https://api.cloudflare.com/client/v4.
      The base URL https://api.cloudflare.com/v4 does not end in /client/v4. Give a base URL such as https://api.cloudflare.com/client/v4.
      The base URL must hold no credentials, query or fragment. Give a base URL such as https://api.cloudflare.com/client/v4."
    `);
  });
});
