import { startEmulator, type Emulator, type Settings } from "../../emulator/index.js";
import { accountId, liveSettings, requestsTo } from "./accounts.js";
import { createProject, organization, succeeded, type Project } from "./project.js";
import { SCENARIOS, type Scenario, type Step } from "./scenarios/index.js";

jest.setTimeout(300_000);

/** The result of one step of one scenario: of two deployments and a drift check. */
interface Outcome {
  readonly live: Settings | undefined;
  readonly requestsWhenApplied: readonly string[];
  readonly requestsWhenAppliedAgain: readonly string[];
  readonly drifted: boolean;
}

const accounts = new Map(SCENARIOS.map(({ name }, index) => [name, accountId(index + 1)]));
const STEPS = Math.max(...SCENARIOS.map(({ steps }) => steps.length));

const accountOf = ({ name }: Scenario) => accounts.get(name) ?? "";

/** Returns a step of a scenario. Shorter scenarios stay at their last step. */
function stepAt({ steps }: Scenario, index: number): Step {
  const step = steps[Math.min(index, steps.length - 1)];
  if (step === undefined) throw new Error("A scenario has no steps.");
  return step;
}

/** Returns one program with all scenarios, each at the same step. */
function programAt(index: number): string[] {
  return SCENARIOS.map((scenario) =>
    organization(scenario.name, {
      accountId: accountOf(scenario),
      ...stepAt(scenario, index).args,
    }),
  );
}

describe.each(["typical", "sparse", "explicit"] as const)("with %s responses", (personality) => {
  let emulator: Emulator;
  let project: Project;
  let adopter: Project;
  const outputs: string[] = [];
  const outcomes: Map<string, Outcome>[] = [];

  beforeAll(async () => {
    emulator = await startEmulator({ personality });
    for (const scenario of SCENARIOS)
      if (scenario.seed !== undefined)
        emulator.seed("accounts", accountOf(scenario), scenario.seed);
    [project, adopter] = await Promise.all([createProject(emulator), createProject(emulator)]);

    for (let index = 0; index < STEPS; index += 1) {
      await project.program(...programAt(index));
      const applied = await requestsDuring(() => succeeded(project.up()));
      const live = new Map(
        SCENARIOS.map((scenario) => [scenario.name, liveSettings(emulator, accountOf(scenario))]),
      );
      const appliedAgain = await requestsDuring(() => succeeded(project.up()));
      const { output } = await project.drift();
      outcomes.push(
        new Map(
          SCENARIOS.map(({ name }) => [
            name,
            {
              live: live.get(name),
              requestsWhenApplied: applied.get(name) ?? [],
              requestsWhenAppliedAgain: appliedAgain.get(name) ?? [],
              drifted: output.includes(`::${name}]`),
            },
          ]),
        ),
      );
    }
  });

  afterAll(async () => {
    await Promise.all([project.remove(), adopter.remove()]);
    await emulator.close();
  });

  /** Runs a command, and returns the methods of the requests for each scenario's organization. */
  async function requestsDuring(run: () => Promise<string>): Promise<Map<string, string[]>> {
    emulator.clearRequests();
    outputs.push(await run());
    return new Map(
      SCENARIOS.map((scenario) => [scenario.name, requestsTo(emulator, accountOf(scenario))]),
    );
  }

  describe.each(SCENARIOS)("$name", (scenario) => {
    const steps = scenario.steps.map((step, index) => ({ ...step, index }));

    it.each(steps)("$title, and a second deployment sends no request", ({ index, live }) => {
      const outcome = outcomes[index]?.get(scenario.name);
      expect(outcome?.live).toEqual(live);
      expect(outcome?.requestsWhenAppliedAgain).toEqual([]);
      expect(outcome?.drifted).toBe(false);
    });
  });

  it("reads before each write, and sends at most one PUT or POST, except a PUT after a POST", () => {
    for (const outcome of outcomes.flatMap((step) => [...step.values()]))
      expect(["", "GET", "GET PUT", "GET POST", "GET POST PUT"]).toContain(
        outcome.requestsWhenApplied.join(" "),
      );
  });

  it("prints no warning", () => {
    expect(outputs.join("\n")).not.toContain("warning:");
  });

  it("adopts every organization after the last step with one GET each, into the same state", async () => {
    await adopter.program(...programAt(STEPS - 1));
    const requests = await requestsDuring(() => succeeded(adopter.up()));
    expect(requests).toEqual(new Map(SCENARIOS.map(({ name }) => [name, ["GET"]])));

    const [adopted, deployed] = await Promise.all([adopter.state(), project.state()]);
    for (const { name } of SCENARIOS)
      expect({ name, ...properties(adopted[name]) }).toEqual({
        name,
        ...properties(deployed[name]),
      });
  });

  it("sends no request when the stack is destroyed, and every organization stays unchanged", async () => {
    const before = [...accounts.values()].map((id) => emulator.organization("accounts", id));
    const requests = await requestsDuring(() => succeeded(project.destroy()));
    expect(requests).toEqual(new Map(SCENARIOS.map(({ name }) => [name, []])));
    expect([...accounts.values()].map((id) => emulator.organization("accounts", id))).toEqual(
      before,
    );
    expect(await project.state()).toEqual({});
  });
});

function properties(resource: Awaited<ReturnType<Project["state"]>>[string] | undefined) {
  return { id: resource?.id, inputs: resource?.inputs, outputs: resource?.outputs };
}
