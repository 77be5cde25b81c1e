import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { CLIENT_ID, SERVICE_TOKEN } from "../ids.js";
import { liveSettings, organizationPath, requestsTo } from "./accounts.js";
import { createProject, succeeded, type Project } from "./project.js";

jest.setTimeout(240_000);

const REPOSITORY = path.resolve(__dirname, "../..");
const EXAMPLES = path.join(REPOSITORY, "examples");

/** The two accounts that the examples' READMEs name. */
const WIDGET = "0123456789abcdef0123456789abcdef";
const GADGET = "fedcba9876543210fedcba9876543210";
const GADGET_TOKEN = "gadget-token-gadget-token-gadget-token-0";

let emulator: Emulator;
let project: Project;

/** An example with a stack and its configuration, where `--secret` marks what is encrypted. */
async function begin(example: string, config: readonly string[] = []): Promise<void> {
  project = await createProject(emulator, { example });
  if (config.length === 0) return;
  const marked = config.map((value) => (value.startsWith("--") ? value : `--plaintext=${value}`));
  await succeeded(project.pulumi("config", "set-all", "--path", ...marked));
}

beforeEach(async () => {
  emulator = await startEmulator({
    credentials: [
      { apiToken: EMULATOR_TOKEN, ids: [WIDGET, GADGET] },
      { apiToken: GADGET_TOKEN, ids: [GADGET] },
    ],
  });
  emulator.seed("accounts", WIDGET, {
    session_duration: "24h",
    auth_domain: "widget.cloudflareaccess.com",
  });
  emulator.seed("accounts", GADGET, { session_duration: "24h" });
});

afterEach(async () => {
  await project.remove();
  await emulator.close();
});

async function deployed(): Promise<Record<string, unknown>> {
  await succeeded(project.up());
  return project.outputs();
}

it("javascript", async () => {
  await begin("javascript", [`accountId=${WIDGET}`]);
  await deployed();
  expect(liveSettings(emulator, WIDGET)).toMatchObject({
    session_duration: "12h",
    auto_redirect_to_identity: true,
  });
});

it("many-accounts: each account by its own token, with a baseline and what differs", async () => {
  await begin("many-accounts", [
    `accounts.widget.accountId=${WIDGET}`,
    `accounts.gadget.accountId=${GADGET}`,
    "accounts.gadget.settings.sessionDuration=1h",
    `--secret=tokens.widget=${EMULATOR_TOKEN}`,
    `--secret=tokens.gadget=${GADGET_TOKEN}`,
  ]);
  project.environment.CLOUDFLARE_API_TOKEN = undefined;
  expect(Object.keys((await deployed()).updatedAt as object)).toEqual(["gadget", "widget"]);
  expect(liveSettings(emulator, WIDGET)).toMatchObject({
    session_duration: "12h",
    deny_unmatched_requests: true,
  });
  expect(liveSettings(emulator, GADGET)).toMatchObject({
    session_duration: "1h",
    deny_unmatched_requests: true,
  });
  expect(await project.rawState()).not.toContain(GADGET_TOKEN);
});

it("doh-devices: the token that may fetch, and where each device does", async () => {
  emulator.addServiceToken(WIDGET, { id: SERVICE_TOKEN, client_id: CLIENT_ID });
  const user = "f5c9d1a0-6a0c-4d6f-8f3e-2d1a7c9b4e11";
  await begin("doh-devices", [
    `accountId=${WIDGET}`,
    `serviceTokenId=${SERVICE_TOKEN}`,
    `users.kiosk-1=${user}`,
  ]);
  expect(await deployed()).toEqual({
    clientId: CLIENT_ID,
    tokenUrls: {
      "kiosk-1": `https://widget.cloudflareaccess.com/cdn-cgi/access/doh-token?account-id=${WIDGET}&user-id=${user}&auth-domain=widget.cloudflareaccess.com`,
    },
  });
  expect(emulator.doh(WIDGET)).toEqual({
    service_token_id: SERVICE_TOKEN,
    doh_jwt_duration: "36h",
  });
});

it("offboarding: everyone once, by ticket, and no email in state or on the screen", async () => {
  await begin("offboarding", [`accountId=${WIDGET}`]);
  expect(await deployed()).toEqual({ revoked: ["HR-1042", "HR-1057"] });
  expect(emulator.revocations.map(({ email }) => email).sort()).toEqual([
    "first.leaver@example.com",
    "second.leaver@example.com",
  ]);
  expect(await project.rawState()).not.toContain("leaver@example.com");
});

it("look-only: everything is read, and nothing written", async () => {
  await begin("look-only", [`accountId=${WIDGET}`]);
  expect(await deployed()).toEqual({
    teamDomain: "widget.cloudflareaccess.com",
    findings: [
      "Hosts without an application are not denied.",
      "MFA is not required for all applications.",
      "The dashboard can change what programs manage.",
    ],
  });
  expect(emulator.requests.filter(({ method }) => method !== "GET")).toEqual([]);
});

it("automation-api: a stack for each account, and which of them drifted", async () => {
  await begin("automation-api");
  const stacks = (...args: string[]) =>
    execa(process.execPath, ["stacks.js", ...args], {
      cwd: project.folder,
      env: project.environment,
      extendEnv: false,
      reject: false,
    });
  const up = await stacks("up");
  expect(up).toMatchObject({ exitCode: 0, stdout: "widget: 2 create\ngadget: 2 create" });
  expect(requestsTo(emulator, GADGET)).toEqual(["GET", "PUT"]);

  emulator.edit("accounts", GADGET, { session_duration: "48h" });
  const drift = await stacks("drift");
  expect(drift).toMatchObject({ exitCode: 7, stdout: "widget: 2 same\ngadget: 1 same, 1 update" });
  expect(emulator.requests.filter(({ path }) => path === organizationPath(GADGET))).toHaveLength(3);

  emulator.fault({ path: organizationPath(WIDGET), status: 403 });
  const partly = await stacks("drift");
  expect(partly).toMatchObject({ exitCode: 1, stdout: "gadget: 1 same, 1 update" });
  expect(partly.stderr).toMatch(/^widget: .*refused with 403/s);
});

it("each example is run by a test, and says what it is", async () => {
  const tests = await readdir(__dirname, { recursive: true });
  const sources = await Promise.all(
    tests
      .filter((file) => file.endsWith(".test.ts"))
      .map((file) => readFile(path.join(__dirname, file), "utf8")),
  );
  const examples = await readdir(EXAMPLES);
  for (const example of examples) {
    expect(await readdir(path.join(EXAMPLES, example))).toContain("README.md");
    if ((await readdir(path.join(EXAMPLES, example))).includes("Pulumi.yaml"))
      expect(sources.filter((source) => source.includes(example))).not.toEqual([]);
  }
});
