import type { dynamic } from "@pulumi/pulumi";
import type { Arbitrary } from "fast-check";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { dohSettings, organization, userRevocation } from "../../provider/provider.js";
import type { Definition } from "../../provider/schema/definition.js";
import { dohSettings as dohDescription } from "../../provider/schema/doh-settings.js";
import { organization as organizationDescription } from "../../provider/schema/organization.js";
import { userRevocation as revocationDescription } from "../../provider/schema/user-revocation.js";
import { ACCOUNT, SERVICE_TOKEN, ZONE } from "../ids.js";
import { listen } from "../lifecycle/heard.js";
import { OneResourceStack, type Properties } from "../lifecycle/stack.js";
import { json, statedFor } from "../schema/arbitrary-settings.js";
import { fc } from "../property.js";
import { tally } from "./tally.js";

jest.setTimeout(120_000);
listen();

let emulator: Emulator;
let badInputs = 0;
let calls = 0;
beforeAll(async () => {
  emulator = await startEmulator({ onRequest: () => (calls += 1) });
});
beforeEach(() => {
  emulator.seed("accounts", ACCOUNT, { setting_of_tomorrow: { mode: "strict" } });
  emulator.seed("zones", ZONE);
  emulator.addServiceToken(ACCOUNT, { id: SERVICE_TOKEN });
});
afterEach(() => {
  const elsewhere = emulator.requests.filter(({ path }) => !OURS.test(path));
  expect(elsewhere.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  emulator.clearRequests();
});
afterAll(async () => {
  tally({ badInputs, calls });
  await emulator.close();
});

/** Where requests may go, whatever the input. */
const OURS = /^\/(?:accounts|zones)\/[0-9a-f]{32}\/access\/organizations(?:\/doh|\/revoke_user)?$/;

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Right ids among wrong ones, so that not everything ends at the first look. */
const id = fc.oneof(
  fc.constantFrom(`accounts/${ACCOUNT}`, `zones/${ZONE}`, ACCOUNT, "", "accounts/", "../x"),
  fc.string(),
);
const target = fc.constantFrom<Properties[]>(
  { accountId: ACCOUNT },
  { zoneId: ZONE },
  { accountId: ACCOUNT, zoneId: ZONE },
  { accountId: UNKNOWN },
  { accountId: "../../user" },
  { accountId: 7 },
  {},
);

/** What a program, an edited state or another version may hold under right and wrong names. */
function properties(names: readonly string[]): Arbitrary<Properties> {
  const inherited = ["__proto__", "constructor", "toString", "hasOwnProperty"];
  const hidden = [
    "__dryRun",
    "__secrets",
    "__resource",
    "__registration",
    "__external",
    "__unanswered",
  ];
  const name = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: fc.constantFrom(...inherited, ...hidden, "additionalSettings") },
    { weight: 1, arbitrary: fc.string() },
  );
  const value = fc.oneof(
    json,
    fc.constantFrom(UNKNOWN, "24h", "-1h", "1e999h", "\u0000", "🦊", "x".repeat(5000), 1e21, -0),
    fc.constantFrom(Object.freeze({ a: [] }), [null], { __proto__: { polluted: true } }),
  );
  return fc
    .tuple(target, fc.dictionary(name, value, { maxKeys: 6 }))
    .map(([where, stated]) => ({ ...where, ...stated }));
}

const PROVIDERS: [string, dynamic.ResourceProvider, Definition][] = [
  ["Organization", organization, organizationDescription],
  ["DohSettings", dohSettings, dohDescription],
  ["UserRevocation", userRevocation, revocationDescription],
];

/** What the language says of a mistake in our code, which is no answer to a person's mistake. */
const NOT_OURS =
  /cannot (?:read|convert|set|destructure|mix|use|access|define|assign)|is not (?:a function|iterable|defined|an object|a constructor|extensible)|is read-only|must be of type|invalid (?:array|time|string|date)|call stack|circular|unexpected (?:token|end)|\[object |\bundefined\b|\bNaN\b/i;

/** Runs a method; it may refuse, in words of our own and without a stack. */
async function expectOwnWords(run: Promise<unknown> | undefined): Promise<void> {
  badInputs += 1;
  const error = await run?.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) return;
  expect(error).toBeInstanceOf(Error);
  const { message, stack } = error as Error;
  expect(message).toMatch(/\S/);
  expect(message).not.toMatch(NOT_OURS);
  expect(stack).not.toMatch(/\n\s+at /);
}

describe.each(PROVIDERS)("whatever %s is given", (_name, provider, description) => {
  const anything = properties(Object.keys(description.settings));
  beforeEach(() => {
    new OneResourceStack(provider, emulator); // configures it
  });

  it.each<
    [keyof dynamic.ResourceProvider, (olds: Properties, news: Properties, id: string) => unknown]
  >([
    ["check", (olds, news) => provider.check?.(olds, news)],
    ["diff", (olds, news, id) => provider.diff?.(id, olds, news)],
    ["create", (_olds, news) => provider.create(news)],
    ["read", (olds, _news, id) => provider.read?.(id, olds)],
    ["update", (olds, news, id) => provider.update?.(id, olds, news)],
    ["delete", (olds, _news, id) => provider.delete?.(id, olds)],
  ])("%s answers or refuses in words of its own", async (_method, run) => {
    await fc.assert(
      fc.asyncProperty(anything, anything, id, async (olds, news, id) => {
        await expectOwnWords(run(olds, news, id) as Promise<unknown>);
      }),
      { numRuns: 150 },
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("what passes the check is deployed and read, or refused by the API", async () => {
    const nearlyRight = fc
      .tuple(statedFor(description, "accounts"), fc.option(anything, { freq: 3 }))
      .map(([right, wrong]) => ({ ...wrong, ...right, accountId: ACCOUNT }));
    let deployed = 0;
    await fc.assert(
      fc.asyncProperty(nearlyRight, async (args) => {
        const checked = await provider.check?.({}, args);
        if (checked?.failures?.length !== 0) return;
        deployed += 1;
        await expectOwnWords(
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
