import { startEmulator } from "../../emulator/index.js";
import { connect } from "../../provider/cloudflare/connect.js";
import { resolveConnection } from "../../provider/cloudflare/credentials.js";
import {
  DEFAULT_RETRY_OPTIONS,
  parseRetryOptions,
  type RetryOptions,
} from "../../provider/cloudflare/retry-options.js";
import { credentialSources } from "../../provider/cloudflare/credential-chain.js";
import { GET, messageOf } from "./repeating.js";

jest.setTimeout(30_000);

/** The limits that are found with some configuration and some environment. */
function found(config: Record<string, string>, env: NodeJS.ProcessEnv = {}): RetryOptions {
  const credentials = { "cloudflare:apiToken": "the-token", ...config };
  return resolveConnection(
    credentialSources((key) => (credentials as Record<string, string>)[key], env),
  ).limits;
}

describe("limits", () => {
  it("have defaults", () => {
    expect(found({})).toEqual(DEFAULT_RETRY_OPTIONS);
    expect(DEFAULT_RETRY_OPTIONS).toMatchInlineSnapshot(`
      {
        "maxBackoff": 30,
        "maxRateLimitTime": 600,
        "maxRetryTime": 60,
        "minBackoff": 0.5,
        "retries": 10,
      }
    `);
  });

  it.each([
    ["retries", "CLOUDFLARE_RETRIES"],
    ["minBackoff", "CLOUDFLARE_MIN_BACKOFF"],
    ["maxBackoff", "CLOUDFLARE_MAX_BACKOFF"],
    ["maxRetryTime", "CLOUDFLARE_MAX_RETRY_TIME"],
    ["maxRateLimitTime", "CLOUDFLARE_MAX_RATE_LIMIT_TIME"],
  ] satisfies [keyof RetryOptions, string][])(
    "%s comes from a Provider, then %s, then the stack's configuration",
    (name, variable) => {
      const stack = { [`cloudflare:${name}`]: "3" };
      expect(found(stack)[name]).toBe(3);
      expect(found(stack, { [variable]: "2" })[name]).toBe(2);
      const provider = { ...stack, [`zerotrust:${name}`]: "1" };
      expect(found(provider, { [variable]: "2" })[name]).toBe(1);
    },
  );

  it("are looked up one by one, wherever the credentials come from", () => {
    const config = { "zerotrust:apiToken": "of-a-provider", "cloudflare:maxBackoff": "7" };
    expect(found(config, { CLOUDFLARE_RETRIES: "2" })).toEqual({
      ...DEFAULT_RETRY_OPTIONS,
      retries: 2,
      maxBackoff: 7,
    });
  });

  it("may be 0, and fractions of a second", () => {
    expect(found({ "cloudflare:retries": "0", "cloudflare:minBackoff": "0.25" })).toEqual({
      ...DEFAULT_RETRY_OPTIONS,
      retries: 0,
      minBackoff: 0.25,
    });
  });

  it.each(["", "  "])("that are stated as %j are not stated", (text) => {
    expect(found({ "cloudflare:retries": text })).toEqual(DEFAULT_RETRY_OPTIONS);
  });

  it.each(["many", "-1", "NaN", "Infinity", "1e999", "10s", "1,5", "{}"])("are no %s", (text) => {
    for (const name of Object.keys(DEFAULT_RETRY_OPTIONS))
      expect(() => parseRetryOptions((wanted) => (wanted === name ? text : undefined))).toThrow(
        `${name} must be a number`,
      );
  });

  it("that are wrong are refused with what is expected", () => {
    expect(() => found({ "cloudflare:retries": "often" })).toThrowErrorMatchingInlineSnapshot(
      `"retries must be a number, 0 or more, not "often"."`,
    );
    expect(() => found({ "cloudflare:maxBackoff": "soon" })).toThrowErrorMatchingInlineSnapshot(
      `"maxBackoff must be a number of seconds, 0 or more, not "soon"."`,
    );
  });
});

it("limits from the environment hold for requests", async () => {
  const emulator = await startEmulator();
  const before = { ...process.env };
  Object.assign(process.env, {
    CLOUDFLARE_API_TOKEN: "emulator-token-emulator-token-emulator-0",
    CLOUDFLARE_BASE_URL: emulator.baseUrl,
    CLOUDFLARE_RETRIES: "3",
    CLOUDFLARE_MAX_BACKOFF: "0.01",
  });
  emulator.fault({ status: 503, times: Infinity });
  try {
    const client = await connect(
      () => undefined,
      () => undefined,
    );
    expect(await messageOf(client.send(GET))).toMatch("(tried 4 times; retries is 3)");
    expect(emulator.requests).toHaveLength(4);
  } finally {
    process.env = before;
    await emulator.close();
  }
});
