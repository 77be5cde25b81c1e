import type { dynamic } from "@pulumi/pulumi";
import type { Arbitrary } from "fast-check";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { UNKNOWN } from "../../provider/schema/values.js";
import { dohSettings, organization, userRevocation } from "../../provider/provider.js";
import type { Definition } from "../../provider/schema/definition.js";
import { dohSettings as dohDefinition } from "../../provider/schema/doh-settings.js";
import { organization as organizationDefinition } from "../../provider/schema/organization.js";
import { userRevocation as revocationDefinition } from "../../provider/schema/user-revocation.js";
import { ACCOUNT, SERVICE_TOKEN, ZONE } from "../ids.js";
import { captureLogs } from "../lifecycle/captured-logs.js";
import { OneResourceStack, type Properties } from "../lifecycle/stack.js";
import { declaredFor, json } from "../schema/arbitrary-settings.js";
import { fc } from "../property.js";
import { tally } from "./tally.js";

jest.setTimeout(120_000);
captureLogs();

let emulator: Emulator;
let badInputs = 0;
let calls = 0;
beforeAll(async () => {
  emulator = await startEmulator({ onRequest: () => (calls += 1) });
});
beforeEach(() => {
  emulator.seed("accounts", ACCOUNT, { a_new_setting: { mode: "strict" } });
  emulator.seed("zones", ZONE);
  emulator.addServiceToken(ACCOUNT, { id: SERVICE_TOKEN });
});
afterEach(() => {
  const others = emulator.requests.filter(({ path }) => !ENDPOINTS.test(path));
  expect(others.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  emulator.clearRequests();
});
afterAll(async () => {
  tally({ badInputs, calls });
  await emulator.close();
});

/** The only paths of requests, whatever the input is. */
const ENDPOINTS =
  /^\/(?:accounts|zones)\/[0-9a-f]{32}\/access\/organizations(?:\/doh|\/revoke_user)?$/;

/** Valid ids among invalid ones, so that some inputs pass the first validation. */
const id = fc.oneof(
  fc.constantFrom(`accounts/${ACCOUNT}`, `zones/${ZONE}`, ACCOUNT, "", "accounts/", "../x"),
  fc.string(),
);
const scope = fc.constantFrom<Properties[]>(
  { accountId: ACCOUNT },
  { zoneId: ZONE },
  { accountId: ACCOUNT, zoneId: ZONE },
  { accountId: UNKNOWN },
  { accountId: "../../user" },
  { accountId: 7 },
  {},
);

/** Properties that a program, an edited state or another release may contain, under valid and invalid names. */
function properties(names: readonly string[]): Arbitrary<Properties> {
  const inherited = ["__proto__", "constructor", "toString", "hasOwnProperty"];
  const hidden = ["__program", "__external", "__unanswered"];
  const name = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: fc.constantFrom(...inherited, ...hidden, "additionalSettings") },
    { weight: 1, arbitrary: fc.string() },
  );
  const value = fc.oneof(
    json,
    fc.constantFrom(UNKNOWN, "24h", "-1h", "1e999h", "\u0000", "🦊", "x".repeat(5000), 1e21, -0),
    fc.constantFrom(Object.freeze({ a: [] }), [null], { __proto__: { polluted: true } }),
    fc.constant({ isPreview: true, resource: "widget", secrets: ["name"], ignoreChanges: ["*"] }),
  );
  return fc
    .tuple(scope, fc.dictionary(name, value, { maxKeys: 6 }))
    .map(([where, inputs]) => ({ ...where, ...inputs }));
}

const PROVIDERS: [string, dynamic.ResourceProvider, Definition][] = [
  ["Organization", organization, organizationDefinition],
  ["DohSettings", dohSettings, dohDefinition],
  ["UserRevocation", userRevocation, revocationDefinition],
];

/** Messages of JavaScript about mistakes in code, which do not help a person with a mistake in inputs. */
const LANGUAGE_ERRORS =
  /cannot (?:read propert|convert|set|destructure|mix|use|access|define|assign)|is not (?:a function|iterable|defined|an object|a constructor|extensible)|is read-only|must be of type|invalid (?:array|time|string|date)|call stack|circular|unexpected (?:token|end)|\[object |\bundefined\b|\bNaN\b/i;

/** Expects that a method succeeds, or fails with a message for people and without a stack. */
async function expectReadableError(run: Promise<unknown> | undefined): Promise<void> {
  badInputs += 1;
  const error = await run?.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) return;
  expect(error).toBeInstanceOf(Error);
  const { message, stack } = error as Error;
  expect(message).toMatch(/\S/);
  expect(message).not.toMatch(LANGUAGE_ERRORS);
  expect(stack).not.toMatch(/\n\s+at /);
}

describe.each(PROVIDERS)("The provider of %s with any input", (_name, provider, definition) => {
  const anything = properties(Object.keys(definition.settings));
  beforeEach(() => {
    new OneResourceStack(provider, emulator); // configures the provider
  });

  it("returns failures of check instead of throwing", async () => {
    await fc.assert(
      fc.asyncProperty(anything, anything, async (olds, news) => {
        badInputs += 1;
        const checked = await provider.check?.(olds, news);
        expect(checked?.failures).toEqual(expect.any(Array));
      }),
      { numRuns: 150 },
    );
  });

  it.each<
    [keyof dynamic.ResourceProvider, (olds: Properties, news: Properties, id: string) => unknown]
  >([
    ["diff", (olds, news, id) => provider.diff?.(id, olds, news)],
    ["create", (_olds, news) => provider.create(news)],
    ["read", (olds, _news, id) => provider.read?.(id, olds)],
    ["update", (olds, news, id) => provider.update?.(id, olds, news)],
    ["delete", (olds, _news, id) => provider.delete?.(id, olds)],
  ])("succeeds in %s, or fails with a readable message", async (_method, run) => {
    await fc.assert(
      fc.asyncProperty(anything, anything, id, async (olds, news, id) => {
        await expectReadableError(run(olds, news, id) as Promise<unknown>);
      }),
      { numRuns: 150 },
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("deploys and reads inputs that pass the check, or fails with a readable message", async () => {
    const nearlyValid = fc
      .tuple(declaredFor(definition, "accounts"), fc.option(anything, { freq: 3 }))
      .map(([valid, other]) => ({ ...other, ...valid, accountId: ACCOUNT }));
    let deployed = 0;
    await fc.assert(
      fc.asyncProperty(nearlyValid, async (inputs) => {
        const checked = await provider.check?.({}, inputs);
        if (checked?.failures?.length !== 0) return;
        deployed += 1;
        await expectReadableError(
          provider
            .create({ ...checked.inputs, __provider: "code" } as Properties)
            .then(({ id, outs }) => provider.read?.(id, { ...outs, __provider: "code" })),
        );
      }),
      { numRuns: 150 },
    );
    expect(deployed).toBeGreaterThan(20);
  });
});
