import path from "node:path";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId } from "./accounts.js";
import { createProject, organization, type Project } from "./project.js";

jest.setTimeout(240_000);

const PACK = path.resolve(__dirname, "../../examples/policy");
const WITH = [
  // The language host of these tests is too old to start a policy pack from its directory.
  ...["--policy-pack", path.join(PACK, "start.js")],
  ...["--policy-pack-config", path.join(PACK, "config.json")],
];

const BASELINE = {
  denyUnmatchedRequests: true,
  mfaRequiredForAllApps: true,
  mfaConfig: { allowedAuthenticators: ["security_key"], sessionDuration: "24h" },
  strictServiceTokenAuth: true,
  sessionDuration: "12h",
};

describe("The policy example", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    for (const number of [1, 2]) emulator.seed("accounts", accountId(number));
    project = await createProject(emulator);
  });

  it("stops a preview that violates mandatory policies, and names each policy with its level", async () => {
    await project.program(
      organization("good", { accountId: accountId(1), ...BASELINE, isUiReadOnly: true }),
      organization("bad", {
        accountId: accountId(2),
        sessionDuration: "24h",
        denyUnmatchedRequests: false,
      }),
    );
    const { exitCode, output } = await project.preview(...WITH);
    expect(exitCode).toBe(1);
    expect(found(output)).toEqual([
      "[advisory] read-only-dashboard (bad)",
      "[mandatory] deny-unmatched-requests (bad)",
      "[mandatory] mfa-required (bad)",
      "[mandatory] session-duration (bad)",
      "[mandatory] strict-service-tokens (bad)",
    ]);
    expect(output).toContain('Declare a sessionDuration of at most 12h. It is "24h".');
  });

  function found(output: string): string[] {
    const lines = [...output.matchAll(/- (\[\w+\]) +([\w-]+) +\([^)]*: (\w+)\)$/gm)];
    return lines.map(([, level, rule, name]) => `${level} ${rule} (${name})`).sort();
  }
});
