import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { SERVICE_TOKEN, ZONE } from "../ids.js";
import { accountId } from "./accounts.js";
import { command } from "./command.js";
import { createProject, succeeded, type Project } from "./project.js";
import { EVERYTHING } from "../everything.js";
import { STACK } from "./stack-files.js";
import { useTypeScriptMain } from "./typescript-main.js";

jest.setTimeout(120_000);

const FULL = accountId(1);
const BARE = accountId(2);

describe("import", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator({ personality: "explicit" });
    emulator.seed("accounts", FULL, EVERYTHING);
    emulator.seedDoh(FULL, { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "800h" });
    emulator.seed("accounts", BARE, { auth_domain: "gadget.cloudflareaccess.com" });
    emulator.seed("zones", ZONE, { deny_unmatched_requests: true, is_ui_read_only: true });
    project = await createProject(emulator, { ownProcess: true });
    await useTypeScriptMain(project, "zero-trust.ts");
    await writeFile(
      path.join(project.folder, "accounts.txt"),
      [`${FULL}  widget  # the first`, BARE, `zones/${ZONE}, shop`].join("\n"),
    );
  });

  it("writes nothing with --run if no stack is selected", async () => {
    await succeeded(project.pulumi("stack", "unselect"));
    const run = await command(project, "import", "--account-id", FULL, "--run");
    await succeeded(project.pulumi("stack", "select", STACK));
    expect(run).toMatchObject({ exitCode: 1, stdout: "" });
    expect(run.stderr).toMatch(/no stack is selected in .*Nothing was written\.$/);
    expect(await readdir(project.folder)).not.toContain("zero-trust.import.json");
  });

  it("imports accounts and a zone into a stack, and only sends GET requests", async () => {
    const run = await command(project, "import", "--accounts", "accounts.txt", "--run", "--json");
    expect(run).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(run.stdout)).toMatchObject({
      imported: true,
      failures: [],
      resources: [
        { type: "Organization", name: "widget", id: `accounts/${FULL}`, omitted: [] },
        { type: "DohSettings", name: "widget-doh", id: `accounts/${FULL}` },
        {
          type: "Organization",
          name: "gadget",
          id: `accounts/${BARE}`,
          settings: ["name", "authDomain"],
        },
        { type: "Organization", name: "shop", id: `zones/${ZONE}` },
      ],
    });
    expect(new Set(emulator.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
    expect(Object.keys(await project.state()).sort()).toEqual([
      "gadget",
      "shop",
      "widget",
      "widget-doh",
    ]);
  });

  it("is followed by a preview without changes", async () => {
    emulator.clearRequests();
    const output = await succeeded(project.preview("--refresh", "--expect-no-changes"));
    expect(output).toContain("5 unchanged");
    expect(output).not.toContain("[diff:");
    expect(new Set(emulator.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
  });
});
