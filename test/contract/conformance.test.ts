import { listen } from "../lifecycle/heard.js";
import { bodyOf, knownDifferences, operations, propertiesOf, successOf } from "./contract.js";
import { DEMANDS, faultsOf, HARMLESS, OVERLAY, unneeded, type Entry } from "./overlay.js";
import { foundValues, listedValues, missing, placesIn, placesOf } from "./places.js";
import type { Exchange } from "./recorder.js";
import { allExchanges, played, scenarios } from "./scenarios.js";
import { violations } from "./violations.js";

// A test that runs alone plays all scenarios first.
jest.setTimeout(60_000);

listen(); // so that nothing of it is printed

describe("every request that is sent and every answer that the emulator gives keep the contract", () => {
  it.each(scenarios)("$name", async (scenario) => {
    const { exchanges, trouble } = await played(scenario);
    expect({ trouble, faults: faultsOf(exchanges) }).toEqual({ trouble: undefined, faults: [] });
  });
});

describe("every request that is sent keeps what the API asks for beyond the contract", () => {
  it.each(DEMANDS)("$name", async ({ operations: concerned, required }) => {
    const sent = (await allExchanges()).filter(
      ({ isOurs, verb, path }) => isOurs && concerned.test(`${verb} ${path}`),
    );
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.filter(({ body }) => !placesIn(body).includes(required))).toEqual([]);
  });
});

describe("nothing of the contract goes untried", () => {
  async function exchangesWith(name: string): Promise<Exchange[]> {
    const [verb, template = ""] = name.split(" ");
    const path = new RegExp(`^${template.replace(/\{.*\}/, "[^/]+")}$`);
    return (await allExchanges()).filter((one) => one.verb === verb && path.test(one.path));
  }

  it.each(operations)("$name is seen to succeed and to be refused", async ({ name }) => {
    const exchanges = await exchangesWith(name);
    const succeeded = exchanges.filter(({ isOurs, status }) => isOurs && status < 300);
    const refused = exchanges.filter(({ status }) => status >= 400);
    expect([succeeded.length > 0, refused.length > 0]).toEqual([true, true]);
  });

  const writes = operations.filter((operation) => bodyOf(operation) !== undefined);

  it.each(writes)("$name is sent with all that it takes", async (operation) => {
    const ours = (await exchangesWith(operation.name)).filter(({ isOurs }) => isOurs);
    const sent = ours.flatMap(({ body }) => placesIn(body));
    expect(missing(placesOf(bodyOf(operation)), sent)).toEqual([]);
  });

  it("every value that the contract lists is sent", async () => {
    const listed = writes.flatMap((operation) => listedValues(bodyOf(operation)));
    const ours = (await allExchanges()).filter(({ isOurs }) => isOurs);
    const sent = ours.flatMap(({ body }) => foundValues(body));
    expect(missing(listed, sent)).toEqual([]);
  });

  it.each(operations)("$name is answered with all that its result has", async (operation) => {
    const { result } = propertiesOf(successOf(operation));
    const answers = (await exchangesWith(operation.name)).map(({ answer }) => answer);
    const heard = answers.flatMap((answer) => placesIn(answer));
    expect(missing(placesOf(result, "result/"), heard)).toEqual([]);
  });
});

describe("the overlay", () => {
  it("holds nothing that is not needed", async () => {
    expect(unneeded(OVERLAY, (await allExchanges()).flatMap(violations))).toEqual([]);
  });

  it("would be found to hold too much", async () => {
    const spare: Entry = {
      name: "null for a name",
      reason: "None: it is never sent.",
      operations: /./,
      rule: "type",
      at: ["request/name"],
      value: null,
    };
    const found = (await allExchanges()).flatMap(violations);
    expect(unneeded([...OVERLAY, spare], found)).toEqual(["null for a name: request/name"]);
  });

  it("answers every difference from the live API that the contract admits, and no other", () => {
    const answered = [...OVERLAY, ...DEMANDS, ...HARMLESS].flatMap(
      ({ admitted }) => admitted ?? [],
    );
    const unanswered = knownDifferences.filter(
      (difference) => !answered.some((beginning) => difference.startsWith(beginning)),
    );
    const invented = answered.filter(
      (beginning) => !knownDifferences.some((difference) => difference.startsWith(beginning)),
    );
    expect({ unanswered, invented }).toEqual({ unanswered: [], invented: [] });
  });
});
