import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { openRepositoryStack, type RepositoryStack } from "../../tools/demo/repository-stack.js";
import { findOrMakeEngine } from "../../tools/engine/index.js";
import { accountId, liveSettings, requestsTo } from "./accounts.js";
import { succeeded } from "./project.js";

jest.setTimeout(120_000);

const ACCOUNT = accountId(1);
const REPOSITORY = path.resolve(__dirname, "../..");

/** The names of the files where a CLI would leave some. */
async function filesHere(): Promise<string[]> {
  const folders = [REPOSITORY, path.join(REPOSITORY, "examples/quickstart")];
  return (await Promise.all(folders.map((folder) => readdir(folder)))).flat();
}

describe("the repository's own project", () => {
  let home: string;
  let emulator: Emulator;
  let stack: RepositoryStack;
  let filesBefore: string[];

  beforeAll(async () => {
    filesBefore = await filesHere();
    home = await mkdtemp(path.join(tmpdir(), "zero-trust-quickstart-"));
    emulator = await startEmulator();
    emulator.seed("accounts", ACCOUNT, { session_duration: "24h", name: "Widget Corp" });
    stack = await openRepositoryStack({ engine: await findOrMakeEngine(), home, emulator });
    await succeeded(stack.run(["config", "set", "accountId", ACCOUNT]));
  });

  afterAll(async () => {
    await emulator.close();
    await rm(home, { recursive: true, force: true });
  });

  it("previews the adoption without writing", async () => {
    const before = emulator.organization("accounts", ACCOUNT);
    const output = await succeeded(stack.run(["preview"]));
    expect(output).toContain("+ 2 to create");
    expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET"]);
    expect(emulator.organization("accounts", ACCOUNT)).toEqual(before);
  });

  it("deploys, with one look and one write", async () => {
    emulator.clearRequests();
    await succeeded(stack.run(["up", "--yes", "--skip-preview"]));
    expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "PUT"]);
    expect(liveSettings(emulator, ACCOUNT)).toMatchObject({
      name: "Widget Corp",
      session_duration: "12h",
      deny_unmatched_requests: true,
      login_design: { background_color: "#112233", header_text: "Widget Corp" },
    });
  });

  it("has nothing to change in the next preview", async () => {
    emulator.clearRequests();
    await succeeded(stack.run(["preview", "--expect-no-changes"]));
    expect(emulator.requests).toEqual([]);
  });

  it("is destroyed and leaves the organization as it is", async () => {
    const before = emulator.organization("accounts", ACCOUNT);
    await succeeded(stack.run(["destroy", "--yes", "--skip-preview"]));
    expect(await stack.resourceCount()).toBe(0);
    expect(emulator.organization("accounts", ACCOUNT)).toEqual(before);
  });

  it("leaves no file behind in the repository", async () => {
    expect(await filesHere()).toEqual(filesBefore);
  });
});
