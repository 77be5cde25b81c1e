import { isDeepStrictEqual } from "node:util";
import { startEmulator, type Emulator, type Fault, type Settings } from "../../emulator/index.js";
import { dohSettings } from "../../provider/provider.js";
import { accountId } from "../engine/accounts.js";
import { captureLogs } from "../lifecycle/captured-logs.js";
import { OneResourceStack, RETRIES, type Properties } from "../lifecycle/stack.js";
import { FAULTS, FAULTS_OF_WRITES } from "./faults.js";
import { OPERATIONS, type Operation } from "./operations.js";
import { tally } from "./tally.js";

jest.setTimeout(120_000);
captureLogs();

let emulator: Emulator;
let accounts = 0;
let faults = 0;
let calls = 0;
beforeAll(async () => {
  emulator = await startEmulator({ onRequest: () => (calls += 1) });
});
afterAll(async () => {
  tally({ faults, calls });
  await emulator.close();
});

/** Each fault occurs once without retries, and in every attempt of an operation with retries. */
const ATTEMPTS = [
  ["once, without retries", 1, {}],
  ["in each of three attempts", Infinity, { ...RETRIES, "zerotrust:retries": "2" }],
] as const;

/** An operation that is ready to run, on an account of its own. */
interface Scene {
  readonly operation: Operation;
  readonly account: string;
  readonly program: Properties;
  readonly stack: OneResourceStack;
}

async function prepare(operation: Operation, config: Record<string, string>): Promise<Scene> {
  const account = accountId((accounts += 1));
  const domain = operation.creates ? { authDomain: `${account}.example.com` } : {};
  const program = { accountId: account, ...operation.program, ...domain };
  operation.seed(emulator, account);
  const stack = new OneResourceStack(operation.provider, emulator, { config });
  await operation.prepare?.(stack, emulator, account);
  emulator.clearRequests();
  return { operation, account, program, stack };
}

/** All live settings. */
function live({ account, operation }: Scene): Settings {
  return operation.provider === dohSettings
    ? { ...emulator.doh(account) }
    : { ...emulator.organization("accounts", account) };
}

/** The live settings that the preview of the operation does not list. */
function unlisted(scene: Scene): Settings {
  const { login_design: design, custom_pages: pages, ...settings } = live(scene);
  const { creates, drift = {} } = scene.operation;
  const listed = LISTED.filter((name) => !(name in drift));
  return {
    ...without(settings, [...TIMES, ...listed, ...(creates ? NAMES : [])]),
    login_design: without((design ?? {}) as Settings, ["header_text"]),
    custom_pages: without((pages ?? {}) as Settings, ["forbidden"]),
  };
}

const TIMES = ["created_at", "updated_at"];
const LISTED = ["session_duration", "deny_unmatched_requests", "service_token_id"];
const NAMES = ["auth_domain", "name"];

function without(settings: Settings, names: readonly string[]): Settings {
  // An explicit false and an absent boolean are equivalent.
  const isSet = ([name, value]: [string, unknown]) => !names.includes(name) && value !== false;
  return Object.fromEntries(Object.entries(settings).filter(isSet));
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The live values of the inputs that some properties contain. */
function liveValuesOf(properties: Properties, scene: Scene): Properties {
  const settings = live(scene);
  return Object.fromEntries(
    Object.keys(properties)
      .filter((name) => name in scene.program && name !== "accountId")
      .map((name) => [name, liveValueOf(properties[name], settings, name)]),
  );
}

function liveValueOf(value: unknown, settings: Settings, name: string): unknown {
  const [, shown] = Object.entries(settings).find(([key]) => camelCase(key) === name) ?? [];
  if (typeof value !== "object" || value === null) return shown ?? (value === false ? false : "");
  return Object.fromEntries(
    Object.entries(value).map(([member, inner]) => [
      member,
      liveValueOf(inner, (shown ?? {}) as Settings, member),
    ]),
  );
}

/** The inputs whose live values are not expected to be as declared. */
function drifted({ operation: { drift = {} } }: Scene): string[] {
  return Object.keys(drift).map(camelCase);
}

/** Outputs are equal to the live values, except for known drift. Outputs of a partial failure contain less. */
function expectOutputsAreLive(scene: Scene): void {
  const { state } = scene.stack;
  if (state === undefined) return;
  const outputs = without(state.outputs, drifted(scene));
  const values = liveValuesOf(outputs, scene);
  const recorded = Object.fromEntries(Object.keys(values).map((name) => [name, outputs[name]]));
  expect(recorded).toEqual(values);
}

function run({ operation: { reads }, stack, program }: Scene): Promise<unknown> {
  return reads ? stack.refresh() : stack.up(program);
}

/** Runs an operation with a fault, and shows that nothing is lost and nothing unlisted is written. */
async function walk(operation: Operation, config: Record<string, string>, fault: Fault) {
  const scene = await prepare(operation, config);
  const { stack, program } = scene;
  const liveBefore = live(scene);
  const unlistedBefore = unlisted(scene);
  const stateBefore = structuredClone(stack.state);

  emulator.fault(fault);
  const error: unknown = await run(scene).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  faults += 1;
  emulator.clearFaults();

  if (error !== undefined) {
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(/^(?:GET|PUT|POST|Cloudflare|Cannot) .{20}/);
  }
  const changedNothing = error !== undefined && isDeepStrictEqual(live(scene), liveBefore);
  if (!operation.reads && !changedNothing) expectOutputsAreLive(scene);
  // A failed read keeps the state.
  if (operation.reads && error !== undefined) expect(stack.state).toEqual(stateBefore);
  if (!operation.creates) expect(unlisted(scene)).toEqual(unlistedBefore);

  // The next deployment ends as declared, and the one after it has nothing to do.
  if (operation.reads) await stack.refresh();
  await stack.up(program);
  const declared = without(program, ["accountId", ...drifted(scene)]);
  expect(liveValuesOf(declared, scene)).toEqual(declared);
  expect(stack.outputs).toMatchObject(program);
  expect(stack.state?.initErrors).toEqual([]);
  if (!operation.creates) expect(unlisted(scene)).toEqual(unlistedBefore);
  emulator.clearRequests();
  expect(await stack.up(program)).toBe("same");
  expect(emulator.requests).toEqual([]);

  if (operation.drift === undefined) {
    expect(await stack.refresh()).toBe("clean");
    return;
  }
  // `pulumi up --refresh` remediates the drift.
  expect(await stack.refresh()).toBe("drifted");
  await stack.up(program);
  expect(liveValuesOf(program, scene)).toEqual(without(program, ["accountId"]));
}

/** The methods of the requests that an operation sends without a fault. */
async function methodsOf(operation: Operation): Promise<string[]> {
  await run(await prepare(operation, {}));
  return emulator.requests.map(({ method }) => method);
}

describe.each(OPERATIONS)("$name", (operation) => {
  let methods: string[] = [];
  beforeEach(async () => {
    if (methods.length === 0) methods = await methodsOf(operation);
    expect(methods.length).toBeGreaterThan(0);
  });

  describe.each(ATTEMPTS)("with a fault %s", (_name, times, config) => {
    it.each(FAULTS)("survives %s at each request", async (_fault, fault) => {
      for (const skip of methods.keys()) await walk(operation, config, { ...fault, skip, times });
    });

    it.each(FAULTS_OF_WRITES)("survives %s at each write", async (_fault, fault) => {
      for (const [skip, method] of methods.entries())
        if (method !== "GET") await walk(operation, config, { ...fault, skip, times });
    });
  });
});
