import { startEmulator, type Emulator } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { accountId } from "../engine/accounts.js";
import { listen } from "./heard.js";
import { OneResourceStack, type Properties } from "./stack.js";

const heard = listen();

let emulator: Emulator;
let accounts = 0;
let account = "";
beforeEach(async () => {
  emulator = await startEmulator();
  new OneResourceStack(organization, emulator);
  account = accountId((accounts += 1)); // this process remembers who stated what
});
afterEach(() => emulator.close());

/** The check of a resource, the so-manieth that a program registers. */
const check = (name: string, registration: number, args: Properties) =>
  organization.check?.(
    {},
    {
      accountId: account,
      ...args,
      __resource: name,
      __registration: registration,
      __provider: "code",
    },
  );

const DESIGN = { loginDesign: { headerText: "Hi", footerText: "Bye" } };

describe("two resources that state the same setting of one account", () => {
  it.each([
    ["of two names", "one", "other"],
    ["of one name, in two components", "one", "one"],
  ])("are warned of: %s", async (_, first, second) => {
    await check(first, 1, { ...DESIGN, sessionDuration: "1h" });
    await check(second, 2, { name: "Widget Corp", ...DESIGN });
    expect(heard.warnings).toEqual([
      `The resources "${first}" and "${second}" both state loginDesign.footerText, loginDesign.headerText of the Zero Trust organization of accounts/${account}: keep each setting in one of them, or they will undo each other.`,
    ]);
  });

  it("are warned of although its id is in another letter case", async () => {
    account = account.replace(/^0/, "a");
    await check("one", 1, DESIGN);
    account = account.toUpperCase();
    await check("other", 2, DESIGN);
    expect(heard.warnings).toHaveLength(1);
  });
});

describe("nobody is warned", () => {
  it("where one resource is checked again, as for a replacement", async () => {
    await check("one", 1, DESIGN);
    await check("one", 1, DESIGN);
    expect(heard.warnings).toEqual([]);
  });

  it("where two state different settings", async () => {
    await check("one", 1, { loginDesign: { headerText: "Hi" } });
    await check("other", 2, { loginDesign: { footerText: "Bye" } });
    expect(heard.warnings).toEqual([]);
  });
});
