import { startEmulator, type Credential, type Emulator } from "../../emulator/index.js";
import { accountId, organizationPath } from "./accounts.js";
import { createProject, succeeded, type Project, type Run } from "./project.js";
import { leaksIn } from "./secrets.js";
import { resource } from "./source.js";

jest.setTimeout(240_000);

const token = (name: string) => `${name}-token-`.repeat(5).slice(0, 40);
const FIRST = token("first");
const SECOND = token("second");
const ENVIRONMENT = token("environment");
const CONFIGURED = token("configured");
const ROTATED = token("rotated");
const EMAIL = "admin@example.com";
/** Written otherwise in a URL, so that a leak in that form shows. */
const API_KEY = "global+key/global+key/global+key=000";
const SECRETS = [FIRST, SECOND, ENVIRONMENT, CONFIGURED, ROTATED, API_KEY];

const FIRST_ACCOUNT = accountId(1);
const SECOND_ACCOUNT = accountId(2);
const DEFAULT_ACCOUNT = accountId(3);
const BARE_ACCOUNT = accountId(4);
const SHARED = [DEFAULT_ACCOUNT, BARE_ACCOUNT];

/** Each credential reaches its own accounts only, so that a wrong choice fails. */
const CREDENTIALS: Credential[] = [
  { apiToken: FIRST, ids: [FIRST_ACCOUNT] },
  { apiToken: SECOND, ids: [SECOND_ACCOUNT] },
  { apiToken: ENVIRONMENT, ids: SHARED },
  { apiToken: CONFIGURED, ids: SHARED },
];

const organization = (name: string, account: string, provider?: string) =>
  resource(
    "Organization",
    name,
    { accountId: account, sessionDuration: "12h" },
    provider === undefined ? "{}" : `{ provider: ${provider} }`,
  );

/** Two Providers with a token each, one without credentials, and a resource without a Provider. */
const program = (firstToken: string) => [
  `const first = new zerotrust.Provider("first", { apiToken: "${firstToken}" });`,
  `const second = new zerotrust.Provider("second", { apiToken: "${SECOND}" });`,
  `const bare = new zerotrust.Provider("bare");`,
  organization("ofFirst", FIRST_ACCOUNT, "first"),
  organization("ofSecond", SECOND_ACCOUNT, "second"),
  organization("ofBare", BARE_ACCOUNT, "bare"),
  organization("ofDefault", DEFAULT_ACCOUNT),
  `exports.everything = { first, second, bare, ofFirst, ofDefault };`,
];

describe("credentials", () => {
  let emulator: Emulator;
  let project: Project;
  /** All that any run has said, and every state in between. */
  const said: string[] = [];

  const listened = async (running: Promise<Run>): Promise<Run> => {
    const run = await running;
    said.push(run.output, await project.rawState());
    return run;
  };
  const configure = (...args: string[]) => succeeded(project.pulumi("config", ...args));
  /** Which credential each account was called with. */
  const used = (): Record<string, string | undefined> =>
    Object.fromEntries(
      emulator.requests.map(({ path, headers }) => [
        path.split("/")[2] ?? "",
        headers["x-auth-key"] ?? headers.authorization?.replace("Bearer ", ""),
      ]),
    );
  /** The lines that CLOUDFLARE_LOG=debug asks for, without time and ray id. */
  const debugLog = (output: string): string[] =>
    [...output.matchAll(/^(GET \S+ \d+) \d+ ms ray \S+$/gm)].map(([, line = ""]) => line).sort();
  const replaceCredential = (old: string, ...by: Credential[]) => {
    const kept = emulator.credentials.filter(
      (one) => ("apiToken" in one ? one.apiToken : one.apiKey) !== old,
    );
    emulator.credentials.splice(0, Infinity, ...kept, ...by);
  };

  beforeAll(async () => {
    emulator = await startEmulator({ credentials: CREDENTIALS });
    for (const account of [FIRST_ACCOUNT, SECOND_ACCOUNT, ...SHARED])
      emulator.seed("accounts", account);
    project = await createProject(emulator);
    Object.assign(project.environment, {
      CLOUDFLARE_API_TOKEN: ENVIRONMENT,
      CLOUDFLARE_LOG: "debug",
    });
    await configure("set", "--secret", "cloudflare:apiToken", CONFIGURED);
    await project.program(...program(FIRST));
  });
  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  it("come from the Provider, then the environment: two tokens reach two accounts in one program", async () => {
    const { exitCode } = await listened(project.up());

    expect(exitCode).toBe(0);
    expect(used()).toEqual({
      [FIRST_ACCOUNT]: FIRST,
      [SECOND_ACCOUNT]: SECOND,
      [BARE_ACCOUNT]: ENVIRONMENT,
      [DEFAULT_ACCOUNT]: ENVIRONMENT,
    });
  });

  it("come from the stack's configuration last, handed over to a Provider without any", async () => {
    project.environment.CLOUDFLARE_API_TOKEN = undefined;
    emulator.clearRequests();

    const { exitCode, output } = await listened(project.drift());

    expect(exitCode).toBe(0);
    expect(debugLog(output)).toEqual(emulator.requests.map(({ path }) => `GET ${path} 200`).sort());
    expect(used()).toEqual({
      [FIRST_ACCOUNT]: FIRST,
      [SECOND_ACCOUNT]: SECOND,
      [BARE_ACCOUNT]: CONFIGURED,
      [DEFAULT_ACCOUNT]: CONFIGURED,
    });
  });

  describe("that are rotated", () => {
    beforeAll(async () => {
      replaceCredential(FIRST, { apiToken: ROTATED, ids: [FIRST_ACCOUNT] });
      replaceCredential(CONFIGURED, { email: EMAIL, apiKey: API_KEY, ids: SHARED });
      await configure("rm", "cloudflare:apiToken");
      await configure("set", "--secret", "cloudflare:apiKey", API_KEY);
      await configure("set", "--secret", "cloudflare:email", EMAIL);
      await project.program(...program(ROTATED));
    });
    beforeEach(() => emulator.clearRequests());

    it("are still the old ones where the program does not run: the refresh fails and says what helps", async () => {
      const run = await listened(project.drift());

      expect(run.exitCode).not.toBe(0);
      expect(run.exitCode).not.toBe(7);
      expect([FIRST, SECOND, CONFIGURED]).toEqual(expect.arrayContaining(Object.values(used())));
      expect(run.output).toContain("9109: Invalid access token");
      expect(run.output).toContain("run with --run-program");
    });

    const TODAY = {
      [FIRST_ACCOUNT]: ROTATED,
      [SECOND_ACCOUNT]: SECOND,
      [BARE_ACCOUNT]: API_KEY,
      [DEFAULT_ACCOUNT]: API_KEY,
    };

    it("are the new ones with --run-program, and the resources show no drift", async () => {
      const run = await listened(project.drift("--run-program"));

      expect(used()).toEqual(TODAY);
      // The engine counts the changed providers.
      expect(run.exitCode).toBe(7);
      expect(run.output).toContain("~ 3 to update");
      expect(run.output).not.toContain("zerotrust:Organization: (");
    });

    it("replace nothing and write nothing: only the providers are updated", async () => {
      const { exitCode, output } = await listened(project.up("--diff"));
      expect(exitCode).toBe(0);
      expect(output).toContain("~ 3 updated");
      expect(output).not.toMatch(/replac/);
      expect(output).not.toContain("zerotrust:Organization: (");
      expect(emulator.requests).toHaveLength(0);
    });

    it("are the new ones without the program too, once they are deployed; no error repeats them", async () => {
      const echo = (account: string, secret: string) => {
        const base64 = Buffer.from(secret).toString("base64");
        const message = `You sent ${secret} ${encodeURIComponent(secret)} ${base64}.`;
        const errors = [{ code: 1000, message, error_chain: [{ message }] }];
        const body = { success: false, result: null, errors, messages: [] };
        emulator.fault({ path: organizationPath(account), status: 400, body });
      };
      echo(FIRST_ACCOUNT, ROTATED);
      echo(DEFAULT_ACCOUNT, API_KEY);

      const { exitCode, output } = await listened(project.drift());

      expect(exitCode).not.toBe(0);
      expect(used()).toEqual(TODAY);
      expect(output).toContain("You sent [redacted] [redacted] [redacted].");
    });
  });

  it("are encrypted in state", async () => {
    const { deployment } = JSON.parse(await project.rawState()) as {
      deployment: { resources: { type: string; urn: string; inputs?: object; outputs?: object }[] };
    };
    const first = deployment.resources.find(({ urn }) => urn.endsWith("::first"));
    const encrypted = { "zerotrust:apiToken": { ciphertext: expect.any(String) as string } };
    expect(first).toMatchObject({ inputs: encrypted, outputs: encrypted });
    const bare = deployment.resources.find(({ urn }) => urn.endsWith("::bare"));
    const handedOver = { "cloudflare:email": { ciphertext: expect.any(String) as string } };
    expect(bare).toMatchObject({ inputs: handedOver, outputs: handedOver });
  });

  it("are needed by no destroy", async () => {
    emulator.clearRequests();
    emulator.credentials.splice(0);
    const { exitCode } = await listened(project.destroy());
    expect(exitCode).toBe(0);
    expect(emulator.requests).toHaveLength(0);
  });

  it("appear in no output, no debug log, no error and no state", () => {
    const everything = said.join("\n");
    expect(leaksIn(everything, SECRETS)).toEqual([]);
  });

  it("are refused by what uses them where they turn out to be empty", async () => {
    emulator.clearRequests();
    await project.program(
      `const late = new zerotrust.Provider("late", { apiToken: pulumi.output("") });`,
      organization("ofLate", FIRST_ACCOUNT, "late"),
    );

    const { output } = await project.preview();

    expect(output).toContain("In the Provider's arguments, apiToken came out empty.");
    expect(emulator.requests).toHaveLength(0);
  });
});

it("credentials are refused where they contradict each other, or belong to another package's provider", async () => {
  const project = await createProject(
    { baseUrl: "http://127.0.0.1:9/client/v4" },
    { ownProcess: true },
  );
  await project.program(
    `const reason = (make) => { try { make(); } catch (error) { console.log("- " + error.message); } };`,
    `reason(() => new zerotrust.Provider("both", { apiToken: "t", apiKey: "k", email: "e" }));`,
    `reason(() => new zerotrust.Provider("half", { apiKey: "k" }));`,
    `reason(() => new zerotrust.Provider("empty", { apiToken: process.env.TOKEN_B ?? "" }));`,
    `reason(() => new zerotrust.Provider("typo", { token: "t" }));`,
    `const provider = new (class extends pulumi.ProviderResource {})("cloudflare", "theirs", {});`,
    `const accountId = "${FIRST_ACCOUNT}";`,
    `reason(() => new zerotrust.Organization("one", { accountId }, { provider }));`,
    `reason(() => new zerotrust.DohSettings("two", { accountId }, { provider }));`,
    `reason(() => new zerotrust.UserRevocation("three", { accountId }, { provider }));`,
  );

  const { output } = await project.preview();
  await project.remove();

  const reasons = [...new Set(output.match(/^ +- .*$/gm))].map((line) => line.trim());
  expect(reasons).toMatchInlineSnapshot(`
      [
        "- Provider "both": give an apiToken, or an apiKey with its email, but not both.",
        "- Provider "half": apiKey and email belong together: give both, or an apiToken in their place.",
        "- Provider "empty": apiToken has no value, so that another credential would be used for it. Give its value, or leave apiToken out to use the credentials of the environment or of the stack's configuration.",
        "- Provider "typo": token is no argument; there are apiToken, apiKey, email, baseUrl, neverSend, retries, minBackoff, maxBackoff, maxRetryTime, maxRateLimitTime.",
        "- Organization: the option \`provider\` is a pulumi:providers:cloudflare, whose credentials would not be used. Pass a Provider of pulumi-cloudflare-zero-trust, or none.",
        "- DohSettings: the option \`provider\` is a pulumi:providers:cloudflare, whose credentials would not be used. Pass a Provider of pulumi-cloudflare-zero-trust, or none.",
        "- UserRevocation: the option \`provider\` is a pulumi:providers:cloudflare, whose credentials would not be used. Pass a Provider of pulumi-cloudflare-zero-trust, or none.",
      ]
    `);
});
