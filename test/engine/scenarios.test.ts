import { startEmulator, type Emulator, type Settings } from "../../emulator/index.js";
import { accountId, liveSettings, requestsTo } from "./accounts.js";
import { createProject, organization, succeeded, type Project } from "./project.js";
import { SCENARIOS, type Scenario, type Step } from "./scenarios/index.js";

jest.setTimeout(300_000);

/** What came of one step of one scenario: applied, applied again, and looked at for drift. */
interface Outcome {
  readonly live: Settings | undefined;
  readonly requestsWhenApplied: readonly string[];
  readonly requestsWhenAppliedAgain: readonly string[];
  readonly drifted: boolean;
}

const accounts = new Map(SCENARIOS.map(({ name }, index) => [name, accountId(index + 1)]));
const STEPS = Math.max(...SCENARIOS.map(({ steps }) => steps.length));

const accountOf = ({ name }: Scenario) => accounts.get(name) ?? "";

/** The step that a scenario is at; the shorter ones stay where they end. */
function stepAt({ steps }: Scenario, index: number): Step {
  const step = steps[Math.min(index, steps.length - 1)];
  if (step === undefined) throw new Error("A scenario has no steps.");
  return step;
}

/** All scenarios in one program, each at one of its steps. */
function programAt(index: number): string[] {
  return SCENARIOS.map((scenario) =>
    organization(scenario.name, {
      accountId: accountOf(scenario),
      ...stepAt(scenario, index).args,
    }),
  );
}

describe.each(["sparse", "explicit"] as const)("where unset settings are %s", (personality) => {
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

  /** The verbs that reached each scenario's organization meanwhile. */
  async function requestsDuring(run: () => Promise<string>): Promise<Map<string, string[]>> {
    emulator.clearRequests();
    outputs.push(await run());
    return new Map(
      SCENARIOS.map((scenario) => [scenario.name, requestsTo(emulator, accountOf(scenario))]),
    );
  }

  describe.each(SCENARIOS)("$name", (scenario) => {
    const steps = scenario.steps.map((step, index) => ({ ...step, index }));

    it.each(steps)("$title; applied again it changes nothing", ({ index, live }) => {
      const outcome = outcomes[index]?.get(scenario.name);
      expect(outcome?.live).toEqual(live);
      expect(outcome?.requestsWhenAppliedAgain).toEqual([]);
      expect(outcome?.drifted).toBe(false);
    });
  });

  it("asks for what is there before anything is written, and writes at most once", () => {
    for (const outcome of outcomes.flatMap((step) => [...step.values()]))
      expect(["", "GET", "GET PUT", "GET POST", "GET POST PUT"]).toContain(
        outcome.requestsWhenApplied.join(" "),
      );
  });

  it("has nothing to warn of", () => {
    expect(outputs.join("\n")).not.toContain("warning:");
  });

  it("adopts what the last step left with one GET each, into the same state", async () => {
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

  it("leaves every organization as it is when the stack is destroyed", async () => {
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
