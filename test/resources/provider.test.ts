import * as pulumi from "@pulumi/pulumi";
import { RETRY_OPTION_NAMES } from "../../provider/cloudflare/retry-options.js";
import { resolveConnection, type Connection } from "../../provider/cloudflare/credentials.js";
import { credentialSources } from "../../provider/cloudflare/credential-chain.js";
import { configOf, Provider, type ProviderArgs } from "../../provider/resources/provider.js";

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ inputs }) => ({ id: "id", state: inputs as object }),
    call: () => ({}),
  }),
);
beforeEach(() => configure({}));

/** The stack's configuration. */
function configure(config: Record<string, string>): void {
  pulumi.runtime.setAllConfig(config);
}

/** What the plugin process is handed over, in plain text, and which keys of it are secret in state. */
async function handedOver(args?: ProviderArgs) {
  const entries = await Promise.all(
    Object.entries(configOf(new Provider("widget", args))).map(async ([key, output]) => ({
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

/** What a resource with this Provider would use. */
async function connectionOf(args: ProviderArgs, env: NodeJS.ProcessEnv = {}): Promise<Connection> {
  const { config } = await handedOver(args);
  return resolveConnection(credentialSources((key) => config[key], env));
}

const refusalOf = (args: object): string => {
  try {
    new Provider("widget", args);
  } catch (error) {
    return (error as Error).message;
  }
  return "it was taken";
};

describe("the options of a Provider", () => {
  it("are credentials, two more, and every limit that there is", () => {
    expect(refusalOf({ token: "t" })).toBe(
      `Provider "widget": token is no argument; there are ${["apiToken", "apiKey", "email", "baseUrl", "neverSend", ...RETRY_OPTION_NAMES].join(", ")}.`,
    );
  });

  it("are handed over as text, credentials as secrets", async () => {
    const { config, secrets } = await handedOver({
      apiToken: "t",
      neverSend: ["one", "other"],
      retries: 3,
    });
    expect(config).toEqual({
      "zerotrust:apiToken": "t",
      "zerotrust:neverSend": "one,other",
      "zerotrust:retries": "3",
    });
    expect(secrets).toEqual(["zerotrust:apiToken"]);
  });

  it("are looked up elsewhere where there are none", async () => {
    expect((await handedOver()).config).toEqual({});
  });
});

describe("a credential that is no credential", () => {
  it.each([
    ["apiToken", { apiToken: "" }],
    ["apiToken", { apiToken: undefined }],
    ["apiToken", { apiToken: null }],
    ["apiKey", { apiKey: "", email: "admin@example.com" }],
    ["email", { apiKey: "k", email: "" }],
    ["email", { apiKey: "k", email: undefined }],
  ])("is refused by the name of Provider and argument: %s in %j", (name, args) => {
    expect(refusalOf(args)).toMatch(`Provider "widget": ${name} has no value, `);
  });

  it("is refused with what to do", () => {
    expect(refusalOf({ apiToken: "" })).toMatchInlineSnapshot(
      `"Provider "widget": apiToken has no value, so that another credential would be used for it. Give its value, or leave apiToken out to use the credentials of the environment or of the stack's configuration."`,
    );
  });

  it.each<[string, ProviderArgs]>([
    ["apiToken", { apiToken: pulumi.output("") }],
    ["apiToken", { apiToken: pulumi.secret("") }],
    ["apiToken", { apiToken: pulumi.output(undefined as unknown as string) }],
    ["apiToken", { apiToken: Promise.resolve(undefined as unknown as string) }],
    ["apiKey", { apiKey: pulumi.output(""), email: "admin@example.com" }],
    ["email", { apiKey: "the-key", email: pulumi.output("") }],
  ])("is refused where that is only known later: %s in %#", async (name, args) => {
    const connected = connectionOf(args, { CLOUDFLARE_API_TOKEN: "another" });
    await expect(connected).rejects.toThrow(`In the Provider's arguments, ${name} came out empty.`);
    await expect(connected).rejects.not.toThrow(/the-key|another/);
  });
});

describe("the stack's configuration", () => {
  it("is handed over as secrets, which any of it may be", async () => {
    configure({
      "cloudflare:apiKey": "k",
      "cloudflare:email": "admin@example.com",
      "cloudflare:retries": "3",
      "cloudflare:other": "1",
    });
    const { config, secrets } = await handedOver();
    expect(config).toEqual({
      "cloudflare:apiKey": "k",
      "cloudflare:email": "admin@example.com",
      "cloudflare:retries": "3",
    });
    expect(secrets).toEqual(Object.keys(config));
  });

  it("counts before the environment under zerotrust, as it does without a Provider", async () => {
    configure({ "zerotrust:neverSend": "one", "cloudflare:neverSend": "other" });
    const env = { CLOUDFLARE_API_TOKEN: "t", CLOUDFLARE_ZERO_TRUST_NEVER_SEND: "third" };
    expect((await connectionOf({}, env)).neverSend).toEqual(new Set(["one"]));
    expect((await connectionOf({ neverSend: ["own"] }, env)).neverSend).toEqual(new Set(["own"]));
    configure({ "cloudflare:neverSend": "other" });
    expect((await connectionOf({ apiToken: "t" })).neverSend).toEqual(new Set(["other"]));
  });

  it("never adds a credential to those of a Provider", async () => {
    configure({ "zerotrust:apiToken": "of-the-stack" });
    const own = { apiKey: "k", email: "admin@example.com" };
    expect((await connectionOf(own)).credentials).toEqual(own);
    expect((await connectionOf({})).credentials).toEqual({ apiToken: "of-the-stack" });
  });
});
