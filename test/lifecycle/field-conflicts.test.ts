import { startEmulator, type Emulator } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { accountId } from "../engine/accounts.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack, type Properties } from "./stack.js";

const logs = captureLogs();

let emulator: Emulator;
let accounts = 0;
let account = "";
beforeEach(async () => {
  emulator = await startEmulator();
  new OneResourceStack(organization, emulator);
  account = accountId((accounts += 1)); // the process remembers which resource declares which field
});
afterEach(() => emulator.close());

/** Checks a resource. Each resource of a program has its own registration number. */
const check = (name: string, registration: number, inputs: Properties) =>
  organization.check?.(
    {},
    {
      accountId: account,
      ...inputs,
      __program: { resource: name, registration },
      __provider: "code",
    },
  );

const DESIGN = { loginDesign: { headerText: "Hi", footerText: "Bye" } };

describe("A check warns if two resources declare the same setting of one account", () => {
  it.each([
    ["with different names", "one", "other"],
    ["with the same name in two components", "one", "one"],
  ])("%s", async (_, first, second) => {
    await check(first, 1, { ...DESIGN, sessionDuration: "1h" });
    await check(second, 2, { name: "Widget Corp", ...DESIGN });
    expect(logs.warnings).toEqual([
      `The resources "${first}" and "${second}" both declare loginDesign.footerText, loginDesign.headerText of the Zero Trust organization of account ${account}. Declare each setting in one of them, or they overwrite each other's values.`,
    ]);
  });

  it("with the account's id in different letter cases (I7)", async () => {
    account = account.replace(/^0/, "a");
    await check("one", 1, DESIGN);
    account = account.toUpperCase();
    await check("other", 2, DESIGN);
    expect(logs.warnings).toHaveLength(1);
  });
});

describe("A check does not warn", () => {
  it("if the engine checks one resource twice, as for a replacement", async () => {
    await check("one", 1, DESIGN);
    await check("one", 1, DESIGN);
    expect(logs.warnings).toEqual([]);
  });

  it("if two resources declare different settings", async () => {
    await check("one", 1, { loginDesign: { headerText: "Hi" } });
    await check("other", 2, { loginDesign: { footerText: "Bye" } });
    expect(logs.warnings).toEqual([]);
  });
});
