import { isDeepStrictEqual } from "node:util";
import { startEmulator, type Emulator, type Fault, type Settings } from "../../emulator/index.js";
import { dohSettings } from "../../provider/provider.js";
import { accountId } from "../engine/accounts.js";
import { listen } from "../lifecycle/heard.js";
import { OneResourceStack, type Properties } from "../lifecycle/stack.js";
import { FAULTS, FAULTS_OF_WRITES } from "./faults.js";
import { OPERATIONS, type Operation } from "./operations.js";
import { tally } from "./tally.js";

jest.setTimeout(120_000);
listen();

let emulator: Emulator;
let accounts = 0;
let faults = 0;
let calls = 0;
beforeAll(async () => {
  emulator = await startEmulator({ personality: "sparse", onRequest: () => (calls += 1) });
});
afterAll(async () => {
  tally({ faults, calls });
  await emulator.close();
});

/** Gives up at the first failure, and tries again a few times. */
const PATIENCE = [
  ["once, without a further try", 1, { "zerotrust:retries": "0" }],
  [
    "each time it is tried",
    Infinity,
    {
      "zerotrust:retries": "2",
      "zerotrust:minBackoff": "0.001",
      "zerotrust:maxBackoff": "0.002",
    },
  ],
] as const;

/** An operation ready to be run, on an account of its own. */
interface Scene {
  readonly operation: Operation;
  readonly account: string;
  readonly args: Properties;
  readonly stack: OneResourceStack;
}

async function scene(operation: Operation, config: Record<string, string>): Promise<Scene> {
  const account = accountId((accounts += 1));
  const domain = operation.makes ? { authDomain: `${account}.example.com` } : {};
  const args = { accountId: account, ...operation.args, ...domain };
  operation.seed(emulator, account);
  const stack = new OneResourceStack(operation.provider, emulator, { config });
  await operation.prepare?.(stack, emulator, account);
  emulator.clearRequests();
  return { operation, account, args, stack };
}

/** Everything that is set, whoever set it. */
function live({ account, operation }: Scene): Settings {
  return operation.provider === dohSettings
    ? { ...emulator.doh(account) }
    : { ...emulator.organization("accounts", account) };
}

/** The live settings that no program here ever states. */
function unmanaged(scene: Scene): Settings {
  const { login_design: design, custom_pages: pages, ...settings } = live(scene);
  return {
    ...without(settings, [...TIMES, ...STATED, ...(scene.operation.makes ? NAMES : [])]),
    login_design: without((design ?? {}) as Settings, ["header_text"]),
    custom_pages: without((pages ?? {}) as Settings, ["forbidden"]),
  };
}

const TIMES = ["created_at", "updated_at"];
const STATED = ["session_duration", "deny_unmatched_requests", "service_token_id"];
const NAMES = ["auth_domain", "name"];

function without(settings: Settings, names: readonly string[]): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !names.includes(name)));
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** What the live object has for the settings that state speaks of, in the words of state. */
function liveInWordsOf(outputs: Properties, scene: Scene): Properties {
  const settings = live(scene);
  return Object.fromEntries(
    Object.keys(outputs)
      .filter((name) => name in scene.args && name !== "accountId")
      .map((name) => [name, inWordsOf(outputs[name], settings, name)]),
  );
}

function inWordsOf(value: unknown, settings: Settings, name: string): unknown {
  const [, wire] = Object.entries(settings).find(([key]) => camelCase(key) === name) ?? [];
  if (typeof value !== "object" || value === null) return wire ?? (value === false ? false : "");
  return Object.fromEntries(
    Object.entries(value).map(([member, inner]) => [
      member,
      inWordsOf(inner, (wire ?? {}) as Settings, member),
    ]),
  );
}

/** State speaks of what is live, or says itself that something was left undone. */
function expectStateIsTrue(scene: Scene): void {
  const { state } = scene.stack;
  if (state === undefined || state.initErrors.length > 0) return;
  const shown = liveInWordsOf(state.outputs, scene);
  const said = Object.fromEntries(Object.keys(shown).map((name) => [name, state.outputs[name]]));
  expect(said).toEqual(shown);
}

async function settled(run: Promise<unknown>): Promise<unknown> {
  return run.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Lets a fault meet the operation, and shows that nothing is lost by it. */
async function walk(operation: Operation, config: Record<string, string>, fault: Fault) {
  const at = await scene(operation, config);
  const liveBefore = live(at);
  const unmanagedBefore = unmanaged(at);
  const stateBefore = structuredClone(at.stack.state);

  emulator.fault(fault);
  const error = await settled(operation.run(at.stack, at.args));
  faults += 1;
  emulator.clearFaults();

  if (error !== undefined) {
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(/^(?:GET|PUT|POST|Cloudflare|The result) .{20}/);
  }
  const didNothing = error !== undefined && isDeepStrictEqual(live(at), liveBefore);
  if (operation.deploys && !didNothing) expectStateIsTrue(at);
  // A look that failed leaves everything as it was; above all it drops nothing.
  if (!operation.deploys && error !== undefined) expect(at.stack.state).toEqual(stateBefore);
  if (!operation.makes) expect(unmanaged(at)).toEqual(unmanagedBefore);

  // The next run ends in the stated settings, and the one after it has nothing to do.
  if (!operation.deploys) await at.stack.refresh();
  await at.stack.up(at.args);
  expect(liveInWordsOf(at.args, at)).toEqual(withoutAccount(at.args));
  expect(at.stack.outputs).toMatchObject(at.args);
  expect(at.stack.state?.initErrors).toEqual([]);
  if (!operation.makes) expect(unmanaged(at)).toEqual(unmanagedBefore);
  emulator.clearRequests();
  expect(await at.stack.up(at.args)).toBe("same");
  expect(emulator.requests).toEqual([]);
  expect(await at.stack.refresh()).toBe("clean");
}

function withoutAccount(args: Properties): Properties {
  return without(args, ["accountId"]);
}

describe.each(OPERATIONS)("$name", (operation) => {
  let steps: string[] = [];
  beforeAll(async () => {
    const undisturbed = await scene(operation, {});
    await operation.run(undisturbed.stack, undisturbed.args);
    steps = emulator.requests.map(({ method }) => method);
    expect(steps.length).toBeGreaterThan(0);
  });

  describe.each(PATIENCE)("meets it %s", (_name, times, config) => {
    it.each(FAULTS)("%s: nothing is lost at any step", async (_fault, fault) => {
      for (const skip of steps.keys()) await walk(operation, config, { ...fault, skip, times });
    });

    it.each(FAULTS_OF_WRITES)("%s: nothing is lost at any write", async (_fault, fault) => {
      for (const [skip, method] of steps.entries())
        if (method !== "GET") await walk(operation, config, { ...fault, skip, times });
    });
  });
});
