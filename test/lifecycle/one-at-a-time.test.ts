import { startEmulator, type Emulator } from "../../emulator/index.js";
import { runExclusive } from "../../provider/lifecycle/keyed-mutex.js";
import { dohSettings, organization } from "../../provider/provider.js";
import { ACCOUNT, OTHER_ACCOUNT, SERVICE_TOKEN } from "../ids.js";
import { listen } from "./heard.js";
import { OneResourceStack } from "./stack.js";

listen();

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ latencyMs: 10 });
  for (const id of [ACCOUNT, OTHER_ACCOUNT]) emulator.seed("accounts", id);
  emulator.addServiceToken(ACCOUNT, { id: SERVICE_TOKEN });
});
afterEach(() => emulator.close());
const sequence = () =>
  emulator.requests.map(({ method, path }) => `${method} ${path.replace(/^.*organizations/, "")}`);

describe("look and write of one account", () => {
  it("are never interleaved with those of another resource", async () => {
    const [one, other] = [1, 2].map(() => new OneResourceStack(organization, emulator));
    await Promise.all([
      one?.up({ accountId: ACCOUNT, loginDesign: { headerText: "Hi" } }),
      other?.up({ accountId: ACCOUNT, loginDesign: { footerText: "Bye" } }),
    ]);
    expect(sequence()).toEqual(["GET ", "PUT ", "GET ", "PUT "]);
    expect(emulator.organization("accounts", ACCOUNT)?.login_design).toEqual({
      header_text: "Hi",
      footer_text: "Bye",
    });
  });

  it("are never interleaved with those of its DoH settings", async () => {
    await Promise.all([
      new OneResourceStack(organization, emulator).up({ accountId: ACCOUNT, name: "Gadget Corp" }),
      new OneResourceStack(dohSettings, emulator).up({
        accountId: ACCOUNT,
        serviceTokenId: SERVICE_TOKEN,
      }),
    ]);
    expect(sequence()).toEqual(["GET ", "PUT ", "GET /doh", "PUT /doh"]);
  });

  it("wait for an answer that shows the write before: on old data they would undo it", async () => {
    emulator.behavior.staleReadsAfterWrite = { gets: 1, ms: 0 };
    const [one, other] = [1, 2].map(() => new OneResourceStack(organization, emulator));
    await one?.up({ accountId: ACCOUNT, loginDesign: { headerText: "Hi" } });
    await other?.up({ accountId: ACCOUNT, loginDesign: { footerText: "Bye" } });
    expect(sequence()).toEqual(["GET ", "PUT ", "GET ", "GET ", "PUT "]);
    expect(emulator.organization("accounts", ACCOUNT)?.login_design).toEqual({
      header_text: "Hi",
      footer_text: "Bye",
    });
  });

  it("end with an error where none comes, and write nothing", async () => {
    emulator.behavior.staleReadsAfterWrite = { gets: 9, ms: 0 };
    const [one, other] = [1, 2].map(() => new OneResourceStack(organization, emulator));
    await one?.up({ accountId: ACCOUNT, loginDesign: { headerText: "Hi" } });
    await expect(
      other?.up({ accountId: ACCOUNT, loginDesign: { footerText: "Bye" } }),
    ).rejects.toThrow("as it was before the last write, so nothing more was written");
    expect(sequence()).toEqual(["GET ", "PUT ", "GET ", "GET ", "GET "]);
  });

  it("go on after one that failed", async () => {
    emulator.fault({ method: "PUT", status: 400, body: { success: false, errors: [] } });
    const [one, other] = [1, 2].map(() => new OneResourceStack(organization, emulator));
    const outcomes = await Promise.allSettled([
      one?.up({ accountId: ACCOUNT, name: "One" }),
      other?.up({ accountId: ACCOUNT, name: "Other" }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    expect(emulator.organization("accounts", ACCOUNT)?.name).toBe("Other");
  });
});

describe("operations with other keys", () => {
  it("do not wait for each other", async () => {
    const order: string[] = [];
    let release: () => void = () => undefined;
    const held = runExclusive("one", async () => {
      await new Promise<void>((resolve) => (release = resolve));
      order.push("one");
    });
    await runExclusive("other", () => Promise.resolve(order.push("other")));
    release();
    await held;
    expect(order).toEqual(["other", "one"]);
  });
});
