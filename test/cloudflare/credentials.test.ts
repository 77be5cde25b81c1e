import { resolveConnection } from "../../provider/cloudflare/credentials.js";
import { credentialSources } from "../../provider/cloudflare/credential-chain.js";
import { messageOfCall } from "./errors.js";

/** The connection that a configuration and an environment result in. */
function resolve(config: Record<string, string>, env: NodeJS.ProcessEnv = {}) {
  return resolveConnection(credentialSources((key) => config[key], env));
}

const provider = { "zerotrust:apiToken": "of-the-provider" };
const environment = { CLOUDFLARE_API_TOKEN: "of-the-environment" };
const stack = { "cloudflare:apiToken": "of-the-stack" };

describe("Credentials are resolved", () => {
  it("from a Provider's arguments, then the environment, then the stack's configuration", () => {
    expect(resolve({ ...provider, ...stack }, environment)).toMatchObject({
      credentials: { apiToken: "of-the-provider" },
      source: "Provider's arguments or `zerotrust:` configuration",
    });
    expect(resolve(stack, environment)).toMatchObject({
      credentials: { apiToken: "of-the-environment" },
      source: "environment",
    });
    expect(resolve(stack)).toMatchObject({
      credentials: { apiToken: "of-the-stack" },
      source: "stack's configuration",
    });
  });

  it("as an API token, or as the global API key with its email", () => {
    const pair = { apiKey: "the-key", email: "one@example.com" };
    const configured = { "cloudflare:apiKey": pair.apiKey, "cloudflare:email": pair.email };
    expect(resolve(configured).credentials).toEqual(pair);
    const exported = { CLOUDFLARE_API_KEY: pair.apiKey, CLOUDFLARE_EMAIL: pair.email };
    expect(resolve({}, exported).credentials).toEqual(pair);
  });

  it("from the next source if a variable is empty", () => {
    expect(resolve(stack, { CLOUDFLARE_API_TOKEN: "" }).credentials).toEqual({
      apiToken: "of-the-stack",
    });
  });

  it("to an API token if a source also has an API key", () => {
    const both = { ...environment, CLOUDFLARE_API_KEY: "k", CLOUDFLARE_EMAIL: "one@example.com" };
    expect(resolve({}, both).credentials).toEqual({ apiToken: "of-the-environment" });
  });
});

describe("resolveConnection", () => {
  it("resolves the base URL independently of the credentials", () => {
    const baseUrl = "https://api.example.com/client/v4";
    expect(resolve(provider).baseUrl).toBe("https://api.cloudflare.com/client/v4");
    expect(resolve(provider, { CLOUDFLARE_BASE_URL: baseUrl }).baseUrl).toBe(baseUrl);
    expect(resolve({ ...provider, "cloudflare:baseUrl": baseUrl }).baseUrl).toBe(baseUrl);
    const explicit = { ...provider, "zerotrust:baseUrl": "https://one.example.com/client/v4" };
    expect(resolve(explicit, { CLOUDFLARE_BASE_URL: baseUrl }).baseUrl).toBe(
      "https://one.example.com/client/v4",
    );
  });

  it("resolves neverSend independently of the credentials, as a list with commas or in JSON", () => {
    const exported = { ...environment, CLOUDFLARE_ZERO_TRUST_NEVER_SEND: "one, other,,one" };
    expect(resolve(stack, exported).neverSend).toEqual(new Set(["one", "other"]));
    const configured = { ...stack, "zerotrust:neverSend": "configured" };
    expect(resolve(configured).neverSend).toEqual(new Set(["configured"]));
    const listed = { ...stack, "zerotrust:neverSend": '["one","login_design.other"]' };
    expect(resolve(listed).neverSend).toEqual(new Set(["one", "login_design.other"]));
    expect(resolve(stack).neverSend).toEqual(new Set());
    for (const wrong of ["one other", '{"one":true}', "'one'"])
      expect(() => resolve({ ...stack, "zerotrust:neverSend": wrong })).toThrow(
        "which is not an API name. Use API names, such as login_design.new_member, as a list or separated by commas.",
      );
  });
});

describe("Credentials are rejected", () => {
  it("with a list of all sources if no source has any", () => {
    expect(messageOfCall(() => resolve({}))).toMatchInlineSnapshot(`
      "No Cloudflare credentials found. Set an API token in one of these places:
        - the environment: CLOUDFLARE_API_TOKEN (or CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL)
        - the stack configuration: pulumi config set --secret cloudflare:apiToken
        - a Provider of this package, passed as the resource option \`provider\`
      The token needs the permission "Access: Organizations" (Write) or "Access: Organizations, Identity Providers, and Groups" (Write)."
    `);
  });

  const PROVIDER = "Provider's arguments or `zerotrust:` configuration";

  it.each<[string, Record<string, string>, NodeJS.ProcessEnv, string]>([
    [
      "if a Provider's argument is empty, because another credential would be used",
      { ...stack, "zerotrust:apiKey": "the-key", "zerotrust:email": "" },
      environment,
      `email in the ${PROVIDER} is empty. Check where its value comes from, or leave email out to use the credentials of the environment or of the stack configuration.`,
    ],
    [
      "if an email is missing",
      stack,
      { CLOUDFLARE_API_KEY: "the-key" },
      "There is an API key without an email in the environment. Set both, or an API token instead.",
    ],
    [
      "if an API key is missing in the source of the email, also if another source has one",
      { "zerotrust:email": "one@example.com" },
      { CLOUDFLARE_API_KEY: "the-key", CLOUDFLARE_EMAIL: "other@example.com" },
      `There is an email without an API key in the ${PROVIDER}. Set both, or an API token instead.`,
    ],
    [
      "if the format of an API key is invalid",
      {},
      { CLOUDFLARE_API_KEY: "the key", CLOUDFLARE_EMAIL: "e@x.org" },
      "The API key from the environment contains a space, a line break or another character that no API key has. Set it without quotes and without a line break at its end.",
    ],
    [
      "if the format of an email is invalid",
      {},
      { CLOUDFLARE_API_KEY: "key", CLOUDFLARE_EMAIL: "e@x.org\n" },
      "The email from the environment contains a space, a line break or another character that no email has. Set it without quotes and without a line break at its end.",
    ],
  ])("%s", (_, config, env, message) => {
    expect(messageOfCall(() => resolve(config, env))).toBe(message);
  });

  it.each(["Bearer the-token", "the-token\n", " the-token", '"the token"', "the\u2013token"])(
    "without repeating the API token if its format is invalid: %j",
    (apiToken) => {
      const message = messageOfCall(() => resolve({}, { CLOUDFLARE_API_TOKEN: apiToken }));
      expect(message).toMatch(
        /^The API token from the environment contains .* Set it without quotes, without "Bearer" and without a line break at its end\.$/,
      );
      expect(message).not.toContain("the-token");
    },
  );
});
