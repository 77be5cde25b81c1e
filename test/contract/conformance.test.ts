import { captureLogs } from "../lifecycle/captured-logs.js";
import {
  bodySchema,
  knownDifferences,
  operations,
  propertiesOf,
  successSchema,
} from "./contract.js";
import {
  ADDITIONAL_REQUIREMENTS,
  describeViolations,
  WIDER_RULES,
  OVERLAY,
  unusedEntries,
  type Entry,
} from "./overlay.js";
import { foundValues, listedValues, missing, valuePaths, schemaPaths } from "./schema-paths.js";
import type { Exchange } from "./recording-proxy.js";
import { allExchanges, runOnce, scenarios } from "./scenarios.js";
import { violations } from "./violations.js";

// A test that runs alone runs all scenarios first.
jest.setTimeout(60_000);

captureLogs(); // captures the logs, so that they are not printed

describe("Requests of the provider and responses of the emulator conform to the contract", () => {
  it.each(scenarios)("in the scenario: $name", async (scenario) => {
    const { exchanges, error } = await runOnce(scenario);
    expect({ error, violations: describeViolations(exchanges) }).toEqual({
      error: undefined,
      violations: [],
    });
  });
});

describe("Requests of the provider meet a requirement that the API has in addition to the contract", () => {
  it.each(ADDITIONAL_REQUIREMENTS)("$name", async ({ operations: concerned, required }) => {
    const sent = (await allExchanges()).filter(
      ({ isFromProvider, verb, path }) => isFromProvider && concerned.test(`${verb} ${path}`),
    );
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.filter(({ body }) => !valuePaths(body).includes(required))).toEqual([]);
  });
});

describe("The scenarios cover the contract:", () => {
  async function exchangesWith(name: string): Promise<Exchange[]> {
    const [verb, template = ""] = name.split(" ");
    const path = new RegExp(`^${template.replace(/\{.*\}/, "[^/]+")}$`);
    return (await allExchanges()).filter((one) => one.verb === verb && path.test(one.path));
  }

  it.each(operations)("$name succeeds and is rejected at least once", async ({ name }) => {
    const exchanges = await exchangesWith(name);
    const succeeded = exchanges.filter(
      ({ isFromProvider, status }) => isFromProvider && status < 300,
    );
    const rejected = exchanges.filter(({ status }) => status >= 400);
    expect([succeeded.length > 0, rejected.length > 0]).toEqual([true, true]);
  });

  const writes = operations.filter((operation) => bodySchema(operation) !== undefined);

  it.each(writes)("$name is sent with every field that it accepts", async (operation) => {
    const requests = (await exchangesWith(operation.name)).filter(
      ({ isFromProvider }) => isFromProvider,
    );
    const sent = requests.flatMap(({ body }) => valuePaths(body));
    expect(missing(schemaPaths(bodySchema(operation)), sent)).toEqual([]);
  });

  it("every enum value of the contract is sent", async () => {
    const listed = writes.flatMap((operation) => listedValues(bodySchema(operation)));
    const requests = (await allExchanges()).filter(({ isFromProvider }) => isFromProvider);
    const sent = requests.flatMap(({ body }) => foundValues(body));
    expect(missing(listed, sent)).toEqual([]);
  });

  it.each(operations)("$name returns every field of its result", async (operation) => {
    const { result } = propertiesOf(successSchema(operation));
    const results = (await exchangesWith(operation.name)).map(({ response }) => response);
    const found = results.flatMap((response) => valuePaths(response));
    expect(missing(schemaPaths(result, "result/"), found)).toEqual([]);
  });
});

describe("The overlay", () => {
  it("has no unused entry", async () => {
    expect(unusedEntries(OVERLAY, (await allExchanges()).flatMap(violations))).toEqual([]);
  });

  it("is reported if it has an unused entry", async () => {
    const spare: Entry = {
      name: "null for a name",
      reason: "The provider never sends it.",
      operations: /./,
      rule: "type",
      at: ["request/name"],
      value: null,
    };
    const found = (await allExchanges()).flatMap(violations);
    expect(unusedEntries([...OVERLAY, spare], found)).toEqual(["null for a name: request/name"]);
  });

  it("handles every difference from the live API that the contract lists, and no other", () => {
    const handled = [...OVERLAY, ...ADDITIONAL_REQUIREMENTS, ...WIDER_RULES].flatMap(
      ({ admitted }) => admitted ?? [],
    );
    const unhandled = knownDifferences.filter(
      (difference) => !handled.some((beginning) => difference.startsWith(beginning)),
    );
    const unknown = handled.filter(
      (beginning) => !knownDifferences.some((difference) => difference.startsWith(beginning)),
    );
    expect({ unhandled, unknown }).toEqual({ unhandled: [], unknown: [] });
  });
});
