import path from "node:path";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { OPERATIONS, openStack, type Operation, type Stack } from "../../tools/bench/stack.js";
import { openWorkspace, type Workspace } from "../../tools/bench/workspace.js";
import { findOrInstallEngine } from "../../tools/engine/index.js";
import { accountId } from "./accounts.js";
import { outgrown } from "./bounds.js";

jest.setTimeout(240_000);

const RESOURCES = 10;

/** The benchmark's own programs, in small and counted. Times are measured by `npm run bench`. */
describe("what many resources cost", () => {
  let emulator: Emulator;
  let workspace: Workspace;

  beforeAll(async () => {
    emulator = await startEmulator();
    for (let number = 1; number <= RESOURCES; number++)
      emulator.seed("accounts", accountId(number), { session_duration: "24h" });
    workspace = await openWorkspace();
  });

  afterAll(async () => {
    await workspace.remove();
    await emulator.close();
  });

  async function stackOf(program: "noop" | "ours"): Promise<Stack> {
    const engine = await findOrInstallEngine();
    const folder = path.join(workspace.folder, program);
    const { baseUrl } = emulator;
    return openStack({ engine, folder, program, resources: RESOURCES, baseUrl });
  }

  it("is a known number of calls, and a state that is smaller than a no-op resource's", async () => {
    const ours = await stackOf("ours");
    const calls: Record<string, number> = {};
    let stateBytes = NaN;
    for (const operation of Object.keys(OPERATIONS) as Operation[]) {
      emulator.clearRequests();
      await ours.run(operation);
      calls[operation] = emulator.requests.length / RESOURCES;
      if (operation === "up") stateBytes = await ours.stateBytes();
    }
    expect(calls).toEqual({ up: 2, preview: 0, refresh: 1, "up --refresh": 1, destroy: 0 });

    const noop = await stackOf("noop");
    await noop.run("up");
    const ratio = stateBytes / (await noop.stateBytes());
    expect(
      outgrown([{ what: "state, against a no-op resource's", is: ratio, atMost: 0.4 }]),
    ).toEqual([]);
  });
});
