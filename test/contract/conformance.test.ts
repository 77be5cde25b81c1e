import { captureLogs } from "../lifecycle/captured-logs.js";
import { bodySchema, operationFor, operations, propertiesOf, successSchema } from "./contract.js";
import { describeViolations, unusedEntries } from "./overlay.js";
import { foundValues, listedValues, missing, valuePaths, schemaPaths } from "./schema-paths.js";
import type { Exchange } from "./recording-proxy.js";
import { allExchanges, runOnce, scenarios } from "./scenarios.js";

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

  it("with no other differences than those in the overlay, which all occur", async () => {
    expect(unusedEntries(await allExchanges())).toEqual([]);
  });
});

describe("The scenarios cover the contract:", () => {
  const isFromProvider = (exchange: Exchange) => exchange.isFromProvider;

  const exchangesWith = async (name: string) =>
    (await allExchanges()).filter(({ verb, path }) => operationFor(verb, path)?.name === name);

  it.each(operations)("$name succeeds and is rejected at least once", async ({ name }) => {
    const exchanges = await exchangesWith(name);
    expect(exchanges.filter(isFromProvider).some(({ status }) => status < 300)).toBe(true);
    expect(exchanges.some(({ status }) => status >= 400)).toBe(true);
  });

  const writes = operations.filter((operation) => bodySchema(operation) !== undefined);

  it.each(writes)("$name is sent with every field that it accepts", async (operation) => {
    const requests = (await exchangesWith(operation.name)).filter(isFromProvider);
    const sent = requests.flatMap(({ body }) => valuePaths(body));
    expect(missing(schemaPaths(bodySchema(operation)), sent)).toEqual([]);
  });

  it("every enum value of the contract is sent", async () => {
    const listed = writes.flatMap((operation) => listedValues(bodySchema(operation)));
    const requests = (await allExchanges()).filter(isFromProvider);
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
