import { startEmulator, type Emulator } from "../../emulator/index.js";
import { runExclusive } from "../../provider/lifecycle/keyed-mutex.js";
import { dohSettings, organization } from "../../provider/provider.js";
import { rejection } from "../cloudflare/errors.js";
import { ACCOUNT, SERVICE_TOKEN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack } from "./stack.js";

captureLogs();

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ latencyMs: 10 });
  emulator.seed("accounts", ACCOUNT);
  emulator.addServiceToken(ACCOUNT, { id: SERVICE_TOKEN });
});
afterEach(() => emulator.close());
const requests = () =>
  emulator.requests.map(({ method, path }) => `${method} ${path.replace(/^.*organizations/, "")}`);
const twoStacks = () => [1, 2].map(() => new OneResourceStack(organization, emulator));

describe("Two resources of one account", () => {
  it("read and write the organization one after the other", async () => {
    const [one, other] = twoStacks();
    await Promise.all([
      one?.up({ accountId: ACCOUNT, loginDesign: { headerText: "Hi" } }),
      other?.up({ accountId: ACCOUNT, loginDesign: { footerText: "Bye" } }),
    ]);
    expect(requests()).toEqual(["GET ", "PUT ", "GET ", "PUT "]);
    expect(emulator.organization("accounts", ACCOUNT)?.login_design).toEqual({
      header_text: "Hi",
      footer_text: "Bye",
    });
  });

  it("continue if the first one fails", async () => {
    emulator.fault({ method: "PUT", ...rejection(400) });
    const [one, other] = twoStacks();
    const outcomes = await Promise.allSettled([
      one?.up({ accountId: ACCOUNT, name: "One" }),
      other?.up({ accountId: ACCOUNT, name: "Other" }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    expect(emulator.organization("accounts", ACCOUNT)?.name).toBe("Other");
  });
});

describe("The organization and the DoH settings of one account", () => {
  it("are read and written one after the other", async () => {
    await Promise.all([
      new OneResourceStack(organization, emulator).up({ accountId: ACCOUNT, name: "Gadget Corp" }),
      new OneResourceStack(dohSettings, emulator).up({
        accountId: ACCOUNT,
        serviceTokenId: SERVICE_TOKEN,
      }),
    ]);
    expect(requests()).toEqual(["GET ", "PUT ", "GET /doh", "PUT /doh"]);
  });
});

describe("runExclusive", () => {
  it("runs operations with different keys at the same time", async () => {
    const order: string[] = [];
    let release: () => void = () => undefined;
    const first = runExclusive("one", async () => {
      await new Promise<void>((resolve) => (release = resolve));
      order.push("one");
    });
    await runExclusive("other", () => Promise.resolve(order.push("other")));
    release();
    await first;
    expect(order).toEqual(["other", "one"]);
  });
});
