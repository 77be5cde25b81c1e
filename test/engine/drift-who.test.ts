import {
  EMULATOR_TOKEN,
  startEmulator,
  type Emulator,
  type Settings,
} from "../../emulator/index.js";
import type { DriftReport } from "../../provider/cli/drift/report-schema.js";
import { accountId, organizationPath } from "./accounts.js";
import { command, type CommandRun } from "./command.js";
import { createProject, organization, succeeded, type Project } from "./project.js";

jest.setTimeout(300_000);

const ACCOUNT = accountId(1);
const LOG = `/accounts/${ACCOUNT}/logs/audit`;
const SCRIPT_TOKEN = "the-token-of-a-script";

describe("drift --who after two edits in the dashboard and one by an API token", () => {
  let emulator: Emulator;
  let project: Project;
  let run: CommandRun;

  beforeAll(async () => {
    emulator = await startEmulator({
      credentials: [
        { apiToken: EMULATOR_TOKEN },
        { apiToken: SCRIPT_TOKEN, actor: { token_name: "Nightly script" } },
      ],
    });
    emulator.seed("accounts", ACCOUNT);
    project = await createProject(emulator);
    const declared = {
      accountId: ACCOUNT,
      sessionDuration: "12h",
      denyUnmatchedRequests: true,
      loginDesign: { headerText: "Team" },
    };
    await project.program(organization("organization", declared));
    await succeeded(project.up());

    const [alex, sam] = [{ email: "alex@example.com" }, { email: "sam@example.com" }];
    emulator.edit("accounts", ACCOUNT, { session_duration: "48h" }, alex);
    emulator.edit("accounts", ACCOUNT, { deny_unmatched_requests: false }, sam);
    await changeByScript();
    emulator.clearRequests();
    run = await command(project, "drift", "--who", "--json");
  });

  /** Changes the login page as a script with a token of its own does. */
  async function changeByScript(): Promise<void> {
    const url = `${emulator.baseUrl}${organizationPath(ACCOUNT)}`;
    const headers = {
      authorization: `Bearer ${SCRIPT_TOKEN}`,
      "content-type": "application/json",
    };
    const { result } = (await (await fetch(url, { headers })).json()) as { result: Settings };
    const { name, auth_domain, session_duration, deny_unmatched_requests } = result;
    const complete = { name, auth_domain, session_duration, deny_unmatched_requests };
    const body = JSON.stringify({ ...complete, login_design: { header_text: "Script" } });
    expect((await fetch(url, { method: "PUT", headers, body })).status).toBe(200);
  }

  const ACTORS = [
    ["denyUnmatchedRequests", "sam@example.com", "dashboard"],
    ["sessionDuration", "alex@example.com", "dashboard"],
    ["loginDesign.headerText", "Nightly script", "API token"],
  ] as const;

  it("sends one request to the audit log, after all others", () => {
    expect(run.exitCode).toBe(7);
    expect(emulator.requests.filter((request) => request.path === LOG)).toHaveLength(1);
    expect(emulator.requests.at(-1)?.path).toBe(LOG);
  });

  it.each(ACTORS)("names who changed %s", (name, actor, via) => {
    const { stacks } = JSON.parse(run.stdout) as DriftReport;
    const settings = stacks[0]?.resources[0]?.settings ?? [];
    expect(settings.find(({ setting }) => setting === name)?.changedBy).toMatchObject({
      match: "exact",
      actor,
      via,
    });
  });
});
