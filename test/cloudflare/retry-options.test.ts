import { credentialSources } from "../../provider/cloudflare/credential-chain.js";
import { resolveConnection } from "../../provider/cloudflare/credentials.js";
import {
  DEFAULT_RETRY_OPTIONS,
  parseRetryOptions,
  type RetryOptions,
} from "../../provider/cloudflare/retry-options.js";

/** The retry options of a configuration and an environment. */
function optionsOf(config: Record<string, string>, env: NodeJS.ProcessEnv = {}): RetryOptions {
  const withToken: Record<string, string> = { "cloudflare:apiToken": "the-token", ...config };
  return resolveConnection(credentialSources((key) => withToken[key], env)).retryOptions;
}

describe("Retry options", () => {
  it.each([
    ["retries", "CLOUDFLARE_RETRIES"],
    ["minBackoff", "CLOUDFLARE_MIN_BACKOFF"],
    ["maxBackoff", "CLOUDFLARE_MAX_BACKOFF"],
    ["maxRetryTime", "CLOUDFLARE_MAX_RETRY_TIME"],
    ["maxRateLimitTime", "CLOUDFLARE_MAX_RATE_LIMIT_TIME"],
  ] satisfies [keyof RetryOptions, string][])(
    "take %s from a Provider's arguments, then from %s, then from the stack's configuration",
    (name, variable) => {
      const stack = { [`cloudflare:${name}`]: "3" };
      expect(optionsOf(stack)[name]).toBe(3);
      expect(optionsOf(stack, { [variable]: "2" })[name]).toBe(2);
      const provider = { ...stack, [`zerotrust:${name}`]: "1" };
      expect(optionsOf(provider, { [variable]: "2" })[name]).toBe(1);
    },
  );

  it("are resolved one by one, independently of the source of the credentials", () => {
    const config = { "zerotrust:apiToken": "of-a-provider", "cloudflare:maxBackoff": "7" };
    expect(optionsOf(config, { CLOUDFLARE_RETRIES: "2" })).toEqual({
      ...DEFAULT_RETRY_OPTIONS,
      retries: 2,
      maxBackoff: 7,
    });
  });

  it("accept 0 and fractions of a second", () => {
    expect(optionsOf({ "cloudflare:retries": "0", "cloudflare:minBackoff": "0.25" })).toEqual({
      ...DEFAULT_RETRY_OPTIONS,
      retries: 0,
      minBackoff: 0.25,
    });
  });

  it.each<[string, Record<string, string>]>([
    ["there is no value", {}],
    ["the value is empty", { "cloudflare:retries": "" }],
    ["the value is blank", { "cloudflare:retries": "  " }],
  ])("have their default if %s", (_, config) => {
    expect(optionsOf(config)).toEqual(DEFAULT_RETRY_OPTIONS);
  });

  it.each(["many", "-1", "NaN", "Infinity", "1e999", "10s", "1,5", "{}"])(
    "reject the value %s",
    (text) => {
      for (const name of Object.keys(DEFAULT_RETRY_OPTIONS))
        expect(() => parseRetryOptions((wanted) => (wanted === name ? text : undefined))).toThrow(
          `${name} must be a number`,
        );
    },
  );

  it("name the expected value if they reject one", () => {
    expect(() => optionsOf({ "cloudflare:retries": "often" })).toThrowErrorMatchingInlineSnapshot(
      `"retries must be a number, 0 or more, not "often"."`,
    );
    expect(() => optionsOf({ "cloudflare:maxBackoff": "soon" })).toThrowErrorMatchingInlineSnapshot(
      `"maxBackoff must be a number of seconds, 0 or more, not "soon"."`,
    );
  });
});
