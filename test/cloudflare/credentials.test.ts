import { resolveConnection } from "../../provider/cloudflare/credentials.js";
import {
  DEFAULT_RETRY_OPTIONS,
  RETRY_OPTION_NAMES,
} from "../../provider/cloudflare/retry-options.js";
import { messageOfCall } from "./errors.js";

/** The connection that a configuration and an environment result in. */
function resolve(config: Record<string, string>, env: NodeJS.ProcessEnv = {}) {
  return resolveConnection((key) => config[key], env);
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

describe("An option of the connection", () => {
  const url = (host: string) => `https://${host}.example.com/client/v4`;

  it.each([
    ["baseUrl", "CLOUDFLARE_BASE_URL", url("one"), url("two"), url("three")],
    ["neverSend", "CLOUDFLARE_ZERO_TRUST_NEVER_SEND", "one", "two", "three"],
    ["retries", "CLOUDFLARE_RETRIES", "1", "2", "3"],
    ["minBackoff", "CLOUDFLARE_MIN_BACKOFF", "1", "2", "3"],
    ["maxBackoff", "CLOUDFLARE_MAX_BACKOFF", "1", "2", "3"],
    ["maxRetryTime", "CLOUDFLARE_MAX_RETRY_TIME", "1", "2", "3"],
    ["maxRateLimitTime", "CLOUDFLARE_MAX_RATE_LIMIT_TIME", "1", "2", "3"],
  ])(
    "comes from a Provider, then the environment, then the stack, wherever the credentials come from: %s",
    (name, variable, ofProvider, ofEnvironment, ofStack) => {
      const valueIn = (config: Record<string, string>, env: NodeJS.ProcessEnv = {}) => {
        const { baseUrl, neverSend, retryOptions } = resolve({ ...provider, ...config }, env);
        const options = { baseUrl, neverSend: [...neverSend].join(), ...retryOptions };
        return String(options[name as keyof typeof options]);
      };
      const inStack = { [`cloudflare:${name}`]: ofStack };
      const inEnvironment = { [variable]: ofEnvironment };
      expect(valueIn(inStack)).toBe(ofStack);
      expect(valueIn(inStack, inEnvironment)).toBe(ofEnvironment);
      const inProvider = { ...inStack, [`zerotrust:${name}`]: ofProvider };
      expect(valueIn(inProvider, inEnvironment)).toBe(ofProvider);
    },
  );

  it("has a default if its value is absent, empty or blank", () => {
    for (const config of [{}, { "cloudflare:retries": "" }, { "cloudflare:retries": "  " }])
      expect(resolve({ ...stack, ...config })).toMatchObject({
        baseUrl: "https://api.cloudflare.com/client/v4",
        neverSend: new Set(),
        retryOptions: DEFAULT_RETRY_OPTIONS,
      });
  });
});

describe("neverSend", () => {
  const neverSend = (text: string) => resolve({ ...stack, "cloudflare:neverSend": text }).neverSend;

  it("is a list with commas or in JSON", () => {
    expect(neverSend("one, other,,one")).toEqual(new Set(["one", "other"]));
    expect(neverSend('["one","login_design.other"]')).toEqual(
      new Set(["one", "login_design.other"]),
    );
  });

  it.each(["one other", '{"one":true}', "'one'"])("cannot be %s", (text) => {
    expect(() => neverSend(text)).toThrow(
      "which is not an API name. Use API names, such as login_design.new_member, as a list or separated by commas.",
    );
  });
});

describe("Retry options", () => {
  const options = (config: Record<string, string>) => resolve({ ...stack, ...config }).retryOptions;

  it("accept 0 and fractions of a second", () => {
    expect(options({ "cloudflare:retries": "0", "cloudflare:minBackoff": "0.25" })).toEqual({
      ...DEFAULT_RETRY_OPTIONS,
      retries: 0,
      minBackoff: 0.25,
    });
  });

  it.each(["many", "-1", "NaN", "Infinity", "1e999", "10s", "1,5", "{}"])(
    "reject the value %s",
    (text) => {
      for (const name of RETRY_OPTION_NAMES)
        expect(messageOfCall(() => options({ [`cloudflare:${name}`]: text }))).toBe(
          `${name} must be a number${name === "retries" ? "" : " of seconds"}, 0 or more, not "${text}".`,
        );
    },
  );
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
