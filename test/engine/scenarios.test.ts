import { PERSONALITIES, startEmulator, type Emulator } from "../../emulator/index.js";
import type { Personality, Settings } from "../../emulator/index.js";
import { startAccountRouter } from "./account-router.js";
import { accountId, liveSettings, requestsTo } from "./accounts.js";
import { changesIn } from "./diagnostics.js";
import { createProject, organization, succeeded, type Project } from "./project.js";
import { SCENARIOS, type Scenario, type Step } from "./scenarios/index.js";

jest.setTimeout(300_000);

/** A scenario of which the API responds with one personality, on an account of its own. */
interface Case {
  /** The name of its resource. */
  readonly name: string;
  readonly personality: Personality;
  readonly scenario: Scenario;
  readonly account: string;
}

/** The result of one step of one scenario: of a deployment, and of a refresh and a preview after it. */
interface Outcome {
  readonly live: Settings | undefined;
  readonly requests: readonly string[];
  readonly requestsAfter: readonly string[];
  readonly changedAfter: boolean;
}

/** All scenarios with all personalities. They are in one stack, because each command takes seconds. */
const CASES = PERSONALITIES.flatMap((personality) =>
  SCENARIOS.map((scenario) => ({
    name: `${personality}-${scenario.name}`,
    personality,
    scenario,
  })),
).map((one, index): Case => ({ ...one, account: accountId(index + 1) }));
const STEPS = Math.max(...SCENARIOS.map(({ steps }) => steps.length));

/** Returns a step of a scenario. Shorter scenarios stay at their last step. */
function stepAt({ steps }: Scenario, index: number): Step {
  const step = steps[Math.min(index, steps.length - 1)];
  if (step === undefined) throw new Error("A scenario has no steps.");
  return step;
}

const programAt = (index: number): string[] =>
  CASES.map(({ name, scenario, account }) =>
    organization(name, { accountId: account, ...stepAt(scenario, index).args }),
  );

describe("The scenarios with all personalities of the API", () => {
  const emulators = new Map<Personality, Emulator>();
  let project: Project;
  const outputs: string[] = [];
  const outcomes: Map<string, Outcome>[] = [];
  /** Whether the engine found neither drift nor a change after each step. */
  const unchanged: boolean[] = [];

  const emulatorOf = ({ personality }: Pick<Case, "personality">): Emulator => {
    const emulator = emulators.get(personality);
    if (emulator === undefined) throw new Error(`No emulator has the personality ${personality}.`);
    return emulator;
  };
  beforeAll(async () => {
    for (const personality of PERSONALITIES)
      emulators.set(personality, await startEmulator({ personality }));
    for (const one of CASES)
      if (one.scenario.seed !== undefined)
        emulatorOf(one).seed("accounts", one.account, one.scenario.seed);
    const cases = new Map(CASES.map((one) => [one.account, one]));
    const router = await startAccountRouter((account) => {
      const one = cases.get(account);
      return one && emulatorOf(one);
    });
    project = await createProject(router);

    for (let index = 0; index < STEPS; index += 1) {
      await project.program(...programAt(index));
      const deployed = await requestsDuring(() => succeeded(project.up()));
      const live = new Map(
        CASES.map((one) => [one.name, liveSettings(emulatorOf(one), one.account)]),
      );
      // A refresh would show drift, and the program after it a change.
      let preview = "";
      const after = await requestsDuring(async () => {
        const run = await project.preview("--refresh", "--diff", "--expect-no-changes");
        unchanged.push(run.exitCode === 0);
        return (preview = run.output);
      });
      // Output-only fields may differ after a creation, because only GET returns them.
      const changed = preview
        .split(/^ {4}(?=[~+-])/m)
        .filter((block) => changesIn(block.split("--outputs:--")[0] ?? "").length > 0);
      outcomes.push(
        new Map(
          CASES.map(({ name }) => [
            name,
            {
              live: live.get(name),
              requests: deployed.get(name) ?? [],
              requestsAfter: after.get(name) ?? [],
              changedAfter: changed.some((block) => block.includes(`::${name}]`)),
            },
          ]),
        ),
      );
    }
  });
  afterAll(() => Promise.all([...emulators.values()].map((emulator) => emulator.close())));

  /** Runs a command, and returns the methods of the requests for each resource. */
  async function requestsDuring(run: () => Promise<string>): Promise<Map<string, string[]>> {
    for (const emulator of emulators.values()) emulator.clearRequests();
    outputs.push(await run());
    return new Map(CASES.map((one) => [one.name, requestsTo(emulatorOf(one), one.account)]));
  }

  describe.each(CASES)("$scenario.name with $personality responses", ({ name, scenario }) => {
    const steps = scenario.steps.map((step, index) => ({ ...step, index }));

    it.each(steps)("$title, and then there is neither drift nor a change", ({ index, live }) => {
      const outcome = outcomes[index]?.get(name);
      expect(outcome?.live).toEqual(live);
      expect(outcome?.requestsAfter).toEqual(["GET"]);
      expect(outcome?.changedAfter).toBe(false);
    });
  });

  it("end each step without drift and without a change", () => {
    expect(unchanged).toEqual(Array.from({ length: STEPS }, () => true));
  });

  it("read before each write, and send at most one PUT or POST, except a PUT after a POST", () => {
    for (const { requests } of outcomes.flatMap((step) => [...step.values()]))
      expect(["", "GET", "GET PUT", "GET POST", "GET POST PUT"]).toContain(requests.join(" "));
  });

  it("print no warning", () => {
    expect(outputs.join("\n")).not.toContain("warning:");
  });
});
