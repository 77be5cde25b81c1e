import { startEmulator, type Emulator } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { organization as definition } from "../../provider/schema/organization.js";
import { decodeLive } from "../../provider/schema/codec.js";
import {
  changedFields,
  isIgnored,
  isSatisfiedBy,
  managedFields,
} from "../../provider/schema/managed-fields.js";
import type { ApiObject } from "../../provider/schema/values.js";
import { sideEffects } from "../../provider/schema/verify.js";
import { ACCOUNT, TEAM_DOMAIN } from "../ids.js";
import { fc } from "../property.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack, type Properties } from "./stack.js";

captureLogs();

/** Few settings with few values, so that sequences meet each other's values often. */
const programs: fc.Arbitrary<Properties> = fc.record(
  {
    sessionDuration: fc.constantFrom("8h", "12h", "24h"),
    denyUnmatchedRequests: fc.boolean(),
    loginDesign: fc.oneof(
      fc.constant({}),
      fc.record(
        { headerText: fc.constantFrom("a", "b", ""), footerText: fc.constantFrom("a", "b") },
        { requiredKeys: ["headerText"] },
      ),
    ),
    mfaConfig: fc.record({
      allowedAuthenticators: fc.constantFrom(["totp"], ["security_key"], ["totp", "security_key"]),
    }),
    denyUnmatchedRequestsExemptedZoneNames: fc.constantFrom(["a.example.com"], ["b.example.com"]),
  },
  { requiredKeys: [] },
);
/** Whether a write has no effect, or an effect and no response. */
type Fault = "none" | "lost" | "unanswered";

const edits: fc.Arbitrary<Properties> = fc.record(
  {
    session_duration: fc.constantFrom("8h", "24h", null),
    deny_unmatched_requests: fc.boolean(),
    login_design: fc.constantFrom(
      null,
      { header_text: "a" },
      { header_text: "c", footer_text: "c" },
    ),
    mfa_config: fc.constantFrom(null, { allowed_authenticators: ["security_key"] }),
  },
  { requiredKeys: [] },
);
const deployments = fc.record({
  kind: fc.constant("deploy" as const),
  program: programs,
  fault: fc.constantFrom<Fault[]>("none", "none", "lost", "unanswered"),
  ignored: fc.constantFrom<string[][]>([], [], ["mfaConfig"], ["loginDesign.headerText"]),
});
const others = {
  edit: fc.record({ kind: fc.constant("edit" as const), changes: edits }),
  refresh: fc.record({ kind: fc.constant("refresh" as const) }),
  replace: fc.record({ kind: fc.constant("replace" as const), program: programs }),
};
const steps = fc.oneof(
  { weight: 4, arbitrary: deployments },
  { weight: 3, arbitrary: others.edit },
  { weight: 1, arbitrary: others.refresh },
  { weight: 1, arbitrary: others.replace },
);
type Step = typeof steps extends fc.Arbitrary<infer Value> ? Value : never;

describe("any sequence of deployments, failures, edits, refreshes and replacements", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());

  it("writes only what each preview listed, and ends as declared after a refresh and an update", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(steps, { minLength: 2, maxLength: 8 }),
        programs,
        async (all, last) => {
          emulator.clearFaults();
          emulator.seed("accounts", ACCOUNT, {
            auth_domain: TEAM_DOMAIN,
            name: "Team",
            session_duration: "24h",
            updated_at: new Date().toISOString(),
          });
          const run = new Run(emulator);
          for (const step of all) await run.step(step);
          // `pulumi up --refresh`
          await run.step({ kind: "refresh" });
          await run.step({ kind: "deploy", program: last, fault: "none", ignored: [] });
          expect(run.undeclared(last)).toEqual([]);
          expect(await run.isSettled(last)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);
});

class Run {
  #stack: OneResourceStack;
  /** What a failed update's preview listed: the update that resumes may write it. */
  #listedBefore = new Set<string>();
  #wasDeployed = false;

  constructor(private readonly emulator: Emulator) {
    this.#stack = new OneResourceStack(organization, emulator);
  }

  async step(step: Step): Promise<void> {
    switch (step.kind) {
      case "edit":
        this.emulator.edit("accounts", ACCOUNT, step.changes);
        return;
      case "refresh":
        if (this.#stack.state !== undefined) await this.#stack.refresh();
        this.#listedBefore.clear();
        return;
      case "replace":
        this.#stack = new OneResourceStack(organization, this.emulator);
        return this.#deploy(step.program, "none", []);
      case "deploy":
        return this.#deploy(step.program, step.fault, step.ignored);
    }
  }

  async #deploy(program: Properties, fault: Fault, ignored: readonly string[]): Promise<void> {
    const inputs =
      this.#stack.state === undefined ? program : withOld(program, this.#stack.inputs, ignored);
    const listed = this.#listed(inputs);
    const before = this.#live();
    const takesEffect = fault === "unanswered";
    if (fault !== "none")
      this.emulator.fault({ method: "PUT", status: 503, body: {}, takesEffect });
    const isFailed = await this.#stack
      .up({ accountId: ACCOUNT, ...inputs, __program: { ignoreChanges: [...ignored] } })
      .then(() => false)
      .catch(() => true);
    this.emulator.clearFaults();
    if (fault === "none") expect(isFailed).toBe(false);
    const live = (object: ApiObject) => decodeLive(definition, object);
    const written = sideEffects(definition, new Set(), live(before), live(this.#live()));
    const isListed = (path: string) => listed.has(path) || this.#listedBefore.has(path);
    expect(written.filter((path) => !isListed(path))).toEqual([]);
    if (this.#wasDeployed) expect(written.filter((path) => isIgnored(path, ignored))).toEqual([]);
    this.#listedBefore = isFailed ? new Set([...listed, ...this.#listedBefore]) : new Set();
    this.#wasDeployed = this.#stack.state !== undefined;
  }

  /** What the engine's preview lists: the differences between old and new inputs; everything on create. */
  #listed(inputs: Properties): Set<string> {
    const fields =
      this.#stack.state === undefined
        ? managedFields(definition, inputs)
        : changedFields(definition, this.#stack.inputs, inputs);
    return new Set(fields.map(({ path }) => path));
  }

  #live(): ApiObject {
    return this.emulator.organization("accounts", ACCOUNT) ?? {};
  }

  /** The declared fields that the live object does not have. */
  undeclared(program: Properties): string[] {
    const { settings } = decodeLive(definition, this.#live());
    return managedFields(definition, program)
      .filter((field) => !isSatisfiedBy(field, settings))
      .map(({ path }) => path);
  }

  async isSettled(program: Properties): Promise<boolean> {
    const again = await this.#stack.up({ accountId: ACCOUNT, ...program });
    return again === "same" && (await this.#stack.refresh()) === "clean";
  }
}

/** What the engine passes for ignored paths: the old inputs. */
function withOld(program: Properties, old: Properties, ignored: readonly string[]): Properties {
  const inputs: Properties = { ...program };
  for (const path of ignored) {
    const [input = path, member] = path.split(".");
    if (member === undefined) assign(inputs, input, old[input]);
    else {
      const object: Properties = { ...(inputs[input] as Properties | undefined) };
      assign(object, member, (old[input] as Properties | undefined)?.[member]);
      if (inputs[input] !== undefined) inputs[input] = object;
    }
  }
  return inputs;
}

function assign(target: Properties, key: string, value: unknown): void {
  if (value === undefined) Reflect.deleteProperty(target, key);
  else target[key] = value;
}
