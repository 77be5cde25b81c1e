import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { openRepositoryStack, type RepositoryStack } from "../../tools/demo/repository-stack.js";
import { findOrInstallEngine } from "../../tools/engine/index.js";
import { accountId, liveSettings, requestsTo } from "./accounts.js";
import { succeeded } from "./project.js";

jest.setTimeout(120_000);

const ACCOUNT = accountId(1);
const REPOSITORY = path.resolve(__dirname, "../..");

/** Returns the names of the files in the directories where the CLI could leave some. */
async function filesHere(): Promise<string[]> {
  const folders = [REPOSITORY, path.join(REPOSITORY, "examples/quickstart")];
  return (await Promise.all(folders.map((folder) => readdir(folder)))).flat();
}

describe("quickstart example, run from the repository", () => {
  let home: string;
  let emulator: Emulator;
  let stack: RepositoryStack;
  let filesBefore: string[];

  beforeAll(async () => {
    filesBefore = await filesHere();
    home = await mkdtemp(path.join(tmpdir(), "zero-trust-quickstart-"));
    emulator = await startEmulator();
    emulator.seed("accounts", ACCOUNT, { session_duration: "24h", name: "Widget Corp" });
    stack = await openRepositoryStack({ engine: await findOrInstallEngine(), home, emulator });
  });

  afterAll(async () => {
    await emulator.close();
    await rm(home, { recursive: true, force: true });
  });

  it("deploys with one GET and one PUT", async () => {
    const config = ["--config", `accountId=${ACCOUNT}`];
    await succeeded(stack.run(["up", "--yes", "--skip-preview", ...config]));
    expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "PUT"]);
    expect(liveSettings(emulator, ACCOUNT)).toMatchObject({
      name: "Widget Corp",
      session_duration: "12h",
      deny_unmatched_requests: true,
      login_design: { background_color: "#112233", header_text: "Widget Corp" },
    });
  });

  it("leaves no file in the repository", async () => {
    expect(await filesHere()).toEqual(filesBefore);
  });
});
