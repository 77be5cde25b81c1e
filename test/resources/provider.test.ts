import * as pulumi from "@pulumi/pulumi";
import { RETRY_OPTION_NAMES } from "../../provider/cloudflare/retry-options.js";
import { resolveConnection, type Connection } from "../../provider/cloudflare/credentials.js";
import { configOf, Provider, type ProviderArgs } from "../../provider/resources/provider.js";
import { messageOfCall } from "../cloudflare/errors.js";
import { mockEngine } from "./registered.js";

beforeAll(mockEngine);
beforeEach(() => configure({}));

/** Sets the stack's configuration. */
function configure(config: Record<string, string>): void {
  pulumi.runtime.setAllConfig(config);
}

/** Returns the configuration of a new Provider in plain text, and which keys of it are secrets. */
async function configurationOf(args?: ProviderArgs) {
  const config = configOf(new Provider("widget", args)) ?? {};
  const entries = await Promise.all(
    Object.entries(config).map(async ([key, output]) => ({
      key,
      value: await new Promise<string>((known) => pulumi.unsecret(output).apply(known)),
      isSecret: await pulumi.isSecret(output),
    })),
  );
  return {
    config: Object.fromEntries(entries.map(({ key, value }) => [key, value])),
    secrets: entries.filter(({ isSecret }) => isSecret).map(({ key }) => key),
  };
}

/** Returns the connection of a resource that uses a new Provider. */
async function connectionOf(args: ProviderArgs, env: NodeJS.ProcessEnv = {}): Promise<Connection> {
  const { config } = await configurationOf(args);
  return resolveConnection((key) => config[key], env);
}

const errorOf = (args: object) => messageOfCall(() => new Provider("widget", args));

describe("Provider", () => {
  it("rejects an unknown argument and lists credentials, base URL, neverSend and every limit", () => {
    expect(errorOf({ token: "t" })).toBe(
      `Provider "widget": unknown argument token. The arguments are ${["apiToken", "apiKey", "email", "baseUrl", "neverSend", ...RETRY_OPTION_NAMES].join(", ")}.`,
    );
  });

  it("passes its arguments on as text, and credentials as secrets", async () => {
    const { config, secrets } = await configurationOf({
      apiToken: "t",
      neverSend: ["one", "other"],
      retries: 3,
    });
    expect(config).toEqual({
      "zerotrust:apiToken": "t",
      "zerotrust:neverSend": '["one","other"]',
      "zerotrust:retries": "3",
    });
    expect(secrets).toEqual(["zerotrust:apiToken"]);
  });

  it("passes nothing on without arguments, also if they are null", async () => {
    expect((await configurationOf()).config).toEqual({});
    const none: unknown = { baseUrl: null, neverSend: null, retries: null };
    expect((await configurationOf(none as ProviderArgs)).config).toEqual({});
  });

  it.each([
    ["apiToken", { apiToken: "" }],
    ["apiToken", { apiToken: null }],
    ["apiKey", { apiKey: "", email: "admin@example.com" }],
    ["email", { apiKey: "k", email: "" }],
    ["email", { apiKey: "k", email: undefined }],
  ])("rejects an empty %s: %j", (name, args) => {
    expect(errorOf(args)).toBe(
      `Provider "widget": ${name} is empty, so other credentials would be used instead. Pass a value, or remove ${name} to use the credentials of the environment or of the stack's configuration.`,
    );
  });

  it.each<[string, ProviderArgs]>([
    ["apiToken", { apiToken: pulumi.output("") }],
    ["apiToken", { apiToken: Promise.resolve(undefined as unknown as string) }],
    ["apiKey", { apiKey: pulumi.output(""), email: "admin@example.com" }],
    ["email", { apiKey: "the-key", email: pulumi.output("") }],
  ])(
    "makes its resources reject an Output that resolves to an empty %s: %#",
    async (name, args) => {
      const connected = connectionOf(args, { CLOUDFLARE_API_TOKEN: "another" });
      await expect(connected).rejects.toThrow(name);
      await expect(connected).rejects.not.toThrow(/the-key|another/);
    },
  );
});

describe("The stack's configuration", () => {
  it("reaches a Provider as secrets, because any of it may be one", async () => {
    configure({
      "cloudflare:apiKey": "k",
      "cloudflare:email": "admin@example.com",
      "cloudflare:retries": "3",
      "cloudflare:other": "1",
    });
    const { config, secrets } = await configurationOf();
    expect(config).toEqual({
      "cloudflare:apiKey": "k",
      "cloudflare:email": "admin@example.com",
      "cloudflare:retries": "3",
    });
    expect(secrets).toEqual(Object.keys(config));
  });

  it("wins over the environment under the namespace zerotrust, as it does without a Provider", async () => {
    configure({ "zerotrust:neverSend": "one", "cloudflare:neverSend": "other" });
    const env = { CLOUDFLARE_API_TOKEN: "t", CLOUDFLARE_ZERO_TRUST_NEVER_SEND: "third" };
    expect((await connectionOf({}, env)).neverSend).toEqual(new Set(["one"]));
    expect((await connectionOf({ neverSend: ["own"] }, env)).neverSend).toEqual(new Set(["own"]));
    configure({ "cloudflare:neverSend": "other" });
    expect((await connectionOf({ apiToken: "t" })).neverSend).toEqual(new Set(["other"]));
  });

  it("does not replace the empty list of a Provider, and neither does the environment", async () => {
    configure({ "zerotrust:neverSend": "one", "cloudflare:neverSend": "other" });
    const env = { CLOUDFLARE_ZERO_TRUST_NEVER_SEND: "third" };
    const args = { apiToken: "t", neverSend: [] };
    expect((await connectionOf(args, env)).neverSend).toEqual(new Set());
  });

  it("never adds a credential to those of a Provider", async () => {
    configure({ "zerotrust:apiToken": "of-the-stack" });
    const own = { apiKey: "k", email: "admin@example.com" };
    expect((await connectionOf(own)).credentials).toEqual(own);
    expect((await connectionOf({})).credentials).toEqual({ apiToken: "of-the-stack" });
  });
});
