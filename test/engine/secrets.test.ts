import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import { tally } from "../faults/tally.js";
import { accountId, organizationPath } from "./accounts.js";
import { createProject, type Project } from "./project.js";
import { leaksIn } from "./secrets.js";
import { resource } from "./source.js";
import { startCommand } from "./running-command.js";

jest.setTimeout(240_000);

const PROVIDERS = "provider-token-".repeat(3).slice(0, 40);
const ENVIRONMENTS = "environment-token-".repeat(3).slice(0, 40);
/** URLs encode it differently, so a leak in that form is found, too. */
const API_KEY = "stack+key/".repeat(4).slice(0, 37);
const EMAIL = "admin@example.com";
const SECRETS = [PROVIDERS, ENVIRONMENTS, API_KEY];

const OF_PROVIDER = accountId(1);
const OF_ENVIRONMENT = accountId(2);
const OF_STACK = accountId(3);
const ACCOUNTS = [OF_PROVIDER, OF_ENVIRONMENT, OF_STACK];

/** The program reads its token from the environment, so that no file of the test contains one. */
const PROGRAM = [
  `const provider = new zerotrust.Provider("provider", { apiToken: process.env.PROGRAMS_TOKEN });`,
  resource(
    "Organization",
    "ofProvider",
    { accountId: OF_PROVIDER, sessionDuration: "12h" },
    "{ provider }",
  ),
  resource("Organization", "ofEnvironment", { accountId: OF_ENVIRONMENT, sessionDuration: "12h" }),
];

/** Credentials in the encodings of servers, proxies and logs. */
const encodings = (secret: string) => [
  `Authorization: Bearer ${secret}`,
  encodeURIComponent(secret),
  Buffer.from(secret).toString("base64"),
  Buffer.from(`Bearer ${secret}`).toString("base64"),
  Buffer.from(`${EMAIL}:${secret}`).toString("base64"),
  Buffer.from(secret).toString("hex"),
  Buffer.from(secret).toString("hex").toUpperCase(),
];

describe("A credential", () => {
  let emulator: Emulator;
  let project: Project;
  let calls = 0;
  let faults = 0;

  beforeAll(async () => {
    emulator = await startEmulator({
      credentials: [
        { apiToken: PROVIDERS },
        { apiToken: ENVIRONMENTS },
        { apiKey: API_KEY, email: EMAIL },
      ],
      onRequest: () => (calls += 1),
    });
    for (const account of ACCOUNTS) emulator.seed("accounts", account);
    project = await createProject(emulator);
    Object.assign(project.environment, {
      CLOUDFLARE_API_TOKEN: ENVIRONMENTS,
      CLOUDFLARE_LOG: "debug",
      CLOUDFLARE_RETRIES: "1",
      CLOUDFLARE_MAX_BACKOFF: "0.1",
      PROGRAMS_TOKEN: PROVIDERS,
    });
    await project.program(...PROGRAM);
  });
  afterEach(() => emulator.clearFaults());
  afterAll(() => tally({ calls, faults }));

  /** Makes the API repeat a credential in its errors. */
  function echo(account: string, secret: string, fault: Fault = {}): void {
    faults += 1;
    const errors = encodings(secret).map((message, index) => ({
      code: 1000 + index,
      message,
      error_chain: [{ message: `because of ${message}` }],
    }));
    emulator.fault({
      path: organizationPath(account),
      status: 400,
      headers: { "cf-ray": secret, "x-debug": secret },
      body: { success: false, errors, messages: [], result: null },
      times: Infinity,
      ...fault,
    });
  }

  /** Returns the output of a run, and the text of every file that it writes. */
  async function everything(...args: string[]) {
    const { exitCode, output } = await (await startCommand(project, ...args)).ended;
    const files = (await filesIn(path.join(project.folder, ".home"))).map((file) =>
      readFile(file, "utf8"),
    );
    return { exitCode, output, text: [output, ...(await Promise.all(files))].join("\n") };
  }

  it("is neither in the output nor in a file of a deployment at any log level", async () => {
    const verbose = ["-v=9", "--logtostderr", "--logflow"];
    const { exitCode, output, text } = await everything(
      "up",
      "--yes",
      "--skip-preview",
      ...verbose,
    );
    expect(exitCode).toBe(0);
    expect(output.length).toBeGreaterThan(30_000);
    expect(output).toMatch(/PUT \S+ 200 \d+ ms ray /);
    expect(leaksIn(withoutTrace(text), SECRETS)).toEqual([]);
  });

  it("is redacted in API errors that repeat it, and in the state of a partial failure", async () => {
    emulator.edit("accounts", OF_PROVIDER, { session_duration: "1h" });
    emulator.remove("accounts", OF_ENVIRONMENT);
    await project.program(
      ...PROGRAM.slice(0, 1),
      resource(
        "Organization",
        "ofProvider",
        { accountId: OF_PROVIDER, sessionDuration: "6h" },
        "{ provider }",
      ),
      resource("Organization", "created", {
        accountId: OF_ENVIRONMENT,
        name: "Widget Corp",
        authDomain: "widget.cloudflareaccess.com",
        customPages: { forbidden: "699d98642c564d2e855e9661899b7252" },
      }),
    );
    echo(OF_PROVIDER, PROVIDERS);
    echo(OF_ENVIRONMENT, ENVIRONMENTS, { method: "PUT" });
    const options = ["--yes", "--skip-preview", "--continue-on-error"];
    const { exitCode, output, text } = await everything("up", ...options);
    expect(exitCode).not.toBe(0);
    for (const method of ["GET", "PUT"])
      expect(output).toMatch(
        new RegExp(
          `${method} \\S+ was rejected with 400\\s+1000: Authorization: Bearer \\[redacted\\]`,
        ),
      );
    const { created } = await project.state();
    expect(created?.initErrors?.join()).toContain("[redacted]");
    expect(leaksIn(text, SECRETS)).toEqual([]);
  });

  it("is redacted in a proxy's error page, in messages of the API and in errors of a function", async () => {
    project.environment.CLOUDFLARE_API_TOKEN = undefined;
    Object.assign(project.environment, { CLOUDFLARE_API_KEY: API_KEY, CLOUDFLARE_EMAIL: EMAIL });
    emulator.behavior.writeMessages.push(
      ...encodings(API_KEY).map((message) => ({ code: 1234, message })),
    );
    await project.program(
      resource("Organization", "ofStack", { accountId: OF_STACK, sessionDuration: "12h" }),
      `exports.seen = zerotrust.getOrganization({ accountId: "${OF_PROVIDER}" });`,
    );
    faults += 1;
    const page = `<html>${"x".repeat(50)}${API_KEY} ${encodings(API_KEY).join(" ")}</html>`;
    emulator.fault({ path: organizationPath(OF_PROVIDER), status: 502, body: page, times: 9 });
    const { exitCode, output, text } = await everything("up", "--yes", "--skip-preview");
    expect(exitCode).not.toBe(0);
    expect(output).toContain("Cloudflare: [redacted]");
    expect(output).toContain("got 502");
    expect(leaksIn(text, SECRETS)).toEqual([]);
  });
});

/** Removes the engine's own trace, which contains secrets from `-v=9` on: Pulumi warns of it. */
function withoutTrace(text: string): string {
  const lines = text.split("\n");
  return lines.filter((line) => !/"level":"INFO".*\bRPC(?:\[| finished)/.test(line)).join("\n");
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
