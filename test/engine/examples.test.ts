import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { parse, stringify } from "yaml";
import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { CLIENT_ID, SERVICE_TOKEN } from "../ids.js";
import { liveSettings, organizationPath, requestsTo } from "./accounts.js";
import { createProject, succeeded, type Project } from "./project.js";

jest.setTimeout(240_000);

/** The two accounts in the examples' READMEs. */
const WIDGET = "0123456789abcdef0123456789abcdef";
const GADGET = "fedcba9876543210fedcba9876543210";
const GADGET_TOKEN = "gadget-token-gadget-token-gadget-token-0";

let emulator: Emulator;
let project: Project;

/** Creates a project from an example, with a stack and its configuration in plain text. */
async function begin(example: string, config: Record<string, unknown> = {}): Promise<void> {
  project = await createProject(emulator, { example });
  const { name } = await yamlIn<{ name: string }>(path.join(project.folder, "Pulumi.yaml"));
  const file = path.join(project.folder, "Pulumi.test.yaml");
  const values = Object.entries(config).map(([key, value]) => [`${name}:${key}`, value] as const);
  const settings = { ...(await yamlIn<object>(file)), config: Object.fromEntries(values) };
  await writeFile(file, stringify(settings));
}

async function yamlIn<T>(file: string): Promise<T> {
  return parse(await readFile(file, "utf8")) as T;
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

async function deployed(): Promise<Record<string, unknown>> {
  await succeeded(project.up());
  return project.outputs();
}

it("deploys the example javascript", async () => {
  await begin("javascript", { accountId: WIDGET });
  await deployed();
  expect(liveSettings(emulator, WIDGET)).toMatchObject({
    session_duration: "12h",
    auto_redirect_to_identity: true,
  });
});

it("deploys the example many-accounts: each account with its own token, the baseline and its differences", async () => {
  await begin("many-accounts", {
    accounts: {
      widget: { accountId: WIDGET },
      gadget: { accountId: GADGET, settings: { sessionDuration: "1h" } },
    },
  });
  const tokens = { widget: EMULATOR_TOKEN, gadget: GADGET_TOKEN };
  const secrets = Object.entries(tokens).map(([name, token]) => `--secret=tokens.${name}=${token}`);
  await succeeded(project.pulumi("config", "set-all", "--path", ...secrets));
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

it("deploys the example doh-devices: the service token, and the token URL of each device", async () => {
  emulator.addServiceToken(WIDGET, { id: SERVICE_TOKEN, client_id: CLIENT_ID });
  const user = "f5c9d1a0-6a0c-4d6f-8f3e-2d1a7c9b4e11";
  await begin("doh-devices", {
    accountId: WIDGET,
    serviceTokenId: SERVICE_TOKEN,
    users: { "kiosk-1": user },
  });
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

it("deploys the example offboarding: each person is revoked once, and the state contains no email", async () => {
  await begin("offboarding", { accountId: WIDGET });
  expect(await deployed()).toEqual({ revoked: ["HR-1042", "HR-1057"] });
  expect(emulator.revocations.map(({ email }) => email).sort()).toEqual([
    "first.leaver@example.com",
    "second.leaver@example.com",
  ]);
  expect(await project.rawState()).not.toContain("leaver@example.com");
});

it("deploys the example get-organization: it reads and never writes", async () => {
  await begin("get-organization", { accountId: WIDGET });
  expect(await deployed()).toEqual({
    dohTokensLast: "not set",
    teamDomain: "widget.cloudflareaccess.com",
    findings: [
      "Requests to hosts without an application are not denied.",
      "MFA is not required for all applications.",
      "People can change settings in the dashboard.",
    ],
  });
  expect(emulator.requests.filter(({ method }) => method !== "GET")).toEqual([]);
});

it("runs the example automation-api: one stack for each account, drift, and a failing account", async () => {
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
  emulator.fault({ path: organizationPath(WIDGET), status: 403 });
  const drift = await stacks("drift");
  expect(drift).toMatchObject({ exitCode: 1, stdout: "gadget: 1 same, 1 update" });
  expect(drift.stderr).toMatch(/^widget: .*403/s);
  expect(requestsTo(emulator, GADGET)).toEqual(["GET", "PUT", "GET"]);
});
