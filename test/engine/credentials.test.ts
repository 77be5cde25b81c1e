import { startEmulator, type Credential, type Emulator } from "../../emulator/index.js";
import { accountId } from "./accounts.js";
import { createProject, succeeded, type Project, type Run, type StateResource } from "./project.js";
import { leaksIn } from "./secrets.js";
import { resource } from "./source.js";

jest.setTimeout(240_000);

const token = (name: string) => `${name}-token-`.repeat(5).slice(0, 40);
const FIRST = token("first");
const ENVIRONMENT = token("environment");
const ROTATED = token("rotated");
const EMAIL = "admin@example.com";
/** URLs encode it differently, so a leak in that form is found, too. */
const API_KEY = "global+key/global+key/global+key=000";
const ROTATED_KEY = "other+key/other+key/other+key/other=";
const SECRETS = [FIRST, ENVIRONMENT, ROTATED, API_KEY, ROTATED_KEY];

const FIRST_ACCOUNT = accountId(1);
const DEFAULT_ACCOUNT = accountId(3);
const BARE_ACCOUNT = accountId(4);
const SHARED = [DEFAULT_ACCOUNT, BARE_ACCOUNT];

/** Each credential has access to its own accounts only, so that a wrong choice fails. */
const CREDENTIALS: Credential[] = [
  { apiToken: FIRST, ids: [FIRST_ACCOUNT] },
  { apiToken: ENVIRONMENT, ids: SHARED },
  { email: EMAIL, apiKey: API_KEY, ids: SHARED },
];

const organization = (name: string, account: string, provider?: string) =>
  resource(
    "Organization",
    name,
    { accountId: account, sessionDuration: "12h" },
    provider === undefined ? "{}" : `{ provider: ${provider} }`,
  );

/** A Provider with a token, one without credentials, and a resource without a Provider. */
const program = (firstToken: string) => [
  `const first = new zerotrust.Provider("first", { apiToken: "${firstToken}" });`,
  `const bare = new zerotrust.Provider("bare");`,
  organization("ofFirst", FIRST_ACCOUNT, "first"),
  organization("ofBare", BARE_ACCOUNT, "bare"),
  organization("ofDefault", DEFAULT_ACCOUNT),
  `exports.everything = { first, bare, ofFirst, ofDefault };`,
];

describe("Credentials", () => {
  let emulator: Emulator;
  let project: Project;
  /** The output of every run, and the state after it. */
  const recorded: string[] = [];

  const record = async (running: Promise<Run>): Promise<Run> => {
    const run = await running;
    recorded.push(run.output, await project.rawState());
    return run;
  };
  /** Sets the API key in the stack's configuration. */
  const configure = (apiKey: string) =>
    succeeded(
      project.pulumi(
        "config",
        "set-all",
        ...["--secret", `cloudflare:apiKey=${apiKey}`, "--secret", `cloudflare:email=${EMAIL}`],
      ),
    );
  /** Returns the credential of the requests to each account. */
  const used = (): Record<string, string | undefined> =>
    Object.fromEntries(
      emulator.requests.map(({ path, headers }) => [
        path.split("/")[2] ?? "",
        headers["x-auth-key"] ?? headers.authorization?.replace("Bearer ", ""),
      ]),
    );
  const replaceCredential = (old: string, ...by: Credential[]) => {
    const kept = emulator.credentials.filter(
      (one) => ("apiToken" in one ? one.apiToken : one.apiKey) !== old,
    );
    emulator.credentials.splice(0, Infinity, ...kept, ...by);
  };

  beforeAll(async () => {
    emulator = await startEmulator({ credentials: CREDENTIALS });
    for (const account of [FIRST_ACCOUNT, ...SHARED]) emulator.seed("accounts", account);
    project = await createProject(emulator);
    Object.assign(project.environment, {
      CLOUDFLARE_API_TOKEN: ENVIRONMENT,
      CLOUDFLARE_LOG: "debug",
    });
    await configure(API_KEY);
    await project.program(...program(FIRST));
  });

  it("come from the Provider, then from the environment, so two tokens reach two accounts in one program", async () => {
    const { exitCode } = await record(project.up());

    expect(exitCode).toBe(0);
    expect(used()).toEqual({
      [FIRST_ACCOUNT]: FIRST,
      [BARE_ACCOUNT]: ENVIRONMENT,
      [DEFAULT_ACCOUNT]: ENVIRONMENT,
    });
  });

  it("come from the stack's configuration last, also for a Provider without credentials", async () => {
    project.environment.CLOUDFLARE_API_TOKEN = undefined;
    emulator.clearRequests();

    const { exitCode } = await record(project.drift());

    expect(exitCode).toBe(0);
    expect(used()).toEqual({
      [FIRST_ACCOUNT]: FIRST,
      [BARE_ACCOUNT]: API_KEY,
      [DEFAULT_ACCOUNT]: API_KEY,
    });
  });

  describe("after a rotation", () => {
    beforeAll(async () => {
      replaceCredential(FIRST, { apiToken: ROTATED, ids: [FIRST_ACCOUNT] });
      replaceCredential(API_KEY, { email: EMAIL, apiKey: ROTATED_KEY, ids: SHARED });
      await configure(ROTATED_KEY);
      await project.program(...program(ROTATED));
    });
    beforeEach(() => emulator.clearRequests());

    it("are the old ones if the program does not run, and the error suggests --run-program", async () => {
      const run = await record(project.drift());

      expect(run.exitCode).not.toBe(0);
      expect(run.exitCode).not.toBe(7);
      expect([FIRST, API_KEY]).toEqual(expect.arrayContaining(Object.values(used())));
      expect(run.output).toContain("9109: Invalid access token");
      expect(run.output).toContain("add --run-program");
    });

    const CURRENT = {
      [FIRST_ACCOUNT]: ROTATED,
      [BARE_ACCOUNT]: ROTATED_KEY,
      [DEFAULT_ACCOUNT]: ROTATED_KEY,
    };

    it("are the new ones with --run-program, which shows no drift of the resources", async () => {
      const run = await record(project.drift("--run-program"));

      expect(used()).toEqual(CURRENT);
      // The engine counts the changed providers.
      expect(run.exitCode).toBe(7);
      expect(run.output).toContain("~ 2 to update");
      expect(run.output).not.toContain("zerotrust:Organization: (");
    });

    it("are the new ones with --target if the Provider is targeted, too", async () => {
      const urn = (type: string, name: string) =>
        `urn:pulumi:test::zero-trust-test::${type}::${name}`;
      const targets = [
        urn("pulumi-nodejs:dynamic/zerotrust:Organization", "ofFirst"),
        urn("pulumi:providers:pulumi-nodejs", "first"),
      ];
      const options = targets.flatMap((target) => ["--target", target]);
      const run = await record(project.preview("--refresh", "--run-program", ...options));
      expect(used()).toEqual({ [FIRST_ACCOUNT]: ROTATED });
      expect(run.exitCode).toBe(0);
    });

    it("update only the Providers, without a request or a replacement", async () => {
      const { exitCode, output } = await record(project.up("--diff"));
      expect(exitCode).toBe(0);
      expect(output).toContain("~ 2 updated");
      expect(output).not.toMatch(/replac/);
      expect(output).not.toContain("zerotrust:Organization: (");
      expect(emulator.requests).toHaveLength(0);
    });

    it("are the new ones once they are deployed, also if the program does not run", async () => {
      const { exitCode } = await record(project.drift());

      expect(exitCode).toBe(0);
      expect(used()).toEqual(CURRENT);
    });
  });

  it("are encrypted in the state of a Provider", async () => {
    const { deployment } = JSON.parse(await project.rawState()) as {
      deployment: { resources: StateResource[] };
    };
    const first = deployment.resources.find(({ urn }) => urn.endsWith("::first"));
    const encrypted = { "zerotrust:apiToken": { ciphertext: expect.any(String) as string } };
    expect(first).toMatchObject({ inputs: encrypted, outputs: encrypted });
    const bare = deployment.resources.find(({ urn }) => urn.endsWith("::bare"));
    const passedOn = { "cloudflare:email": { ciphertext: expect.any(String) as string } };
    expect(bare).toMatchObject({ inputs: passedOn, outputs: passedOn });
  });

  it("appear neither in an output, a debug log or an error nor in a state", () => {
    const everything = recorded.join("\n");
    expect(leaksIn(everything, SECRETS)).toEqual([]);
  });
});
