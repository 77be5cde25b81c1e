import { startEmulator, type Emulator } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { rejection } from "../cloudflare/errors.js";
import { ACCOUNT, TEAM_DOMAIN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack } from "./stack.js";

const PROGRAM = { accountId: ACCOUNT, name: "Widget Corp", authDomain: TEAM_DOMAIN };
const logs = captureLogs();

let emulator: Emulator;
let stack: OneResourceStack;
beforeEach(async () => {
  emulator = await startEmulator();
  stack = new OneResourceStack(organization, emulator);
});
afterEach(() => emulator.close());

const TEAM = { auth_domain: TEAM_DOMAIN, name: "Widget Corp" };
const seed = (settings: object = {}) =>
  emulator.seed("accounts", ACCOUNT, { ...TEAM, ...settings });

/** A successful response with this organization. */
const accepted = (result: object) => ({
  status: 200,
  takesEffect: true,
  body: { success: true, errors: [], messages: [], result: { ...TEAM, ...result } },
});

describe("A write warns", () => {
  it("which declared settings Cloudflare did not apply", async () => {
    seed({ strict_service_token_auth: true });
    emulator.behavior.strictServiceTokenAuthOff = "ignored";
    await stack.up({ ...PROGRAM, strictServiceTokenAuth: false });
    expect(logs.warnings).toEqual([
      `Cloudflare accepted the settings of the Zero Trust organization of account ${ACCOUNT}, but did not apply these: strictServiceTokenAuth.`,
    ]);
    expect(await stack.up({ ...PROGRAM, strictServiceTokenAuth: false })).toBe("same");
    expect(await stack.refresh()).toBe("drifted");
  });

  it("which settings it changed as a side effect", async () => {
    seed({ trusted_accounts: ["one"] });
    emulator.behavior.putClearsTrustedAccounts = true;
    emulator.behavior.writeResponseOmits = "nothing"; // else the response cannot show it
    await stack.up({ ...PROGRAM, sessionDuration: "12h" });
    expect(logs.warnings).toEqual([
      `The write also changed settings of the Zero Trust organization of account ${ACCOUNT} that it did not ask for: trusted_accounts. Check them in the dashboard.`,
    ]);
  });

  it("which other members of an object it changed", async () => {
    seed({ login_design: { header_text: "Hi", footer_text: "Bye" } });
    const changed = { login_design: { header_text: "Hello", footer_text: "Ciao" } };
    emulator.fault({ method: "PUT", ...accepted(changed) });
    await stack.up({ ...PROGRAM, loginDesign: { headerText: "Hello" } });
    expect(logs.warnings).toEqual([
      expect.stringContaining("did not ask for: loginDesign.footerText."),
    ]);
  });
});

describe("A write does not warn", () => {
  it("if the response lacks a written setting that one more GET shows", async () => {
    seed();
    emulator.fault({ method: "PUT", ...accepted({}) });
    await stack.up({ ...PROGRAM, sessionDuration: "12h" });
    expect(emulator.requests.map(({ method }) => method)).toEqual(["GET", "PUT", "GET"]);
    expect(logs.warnings).toEqual([]);
  });

  it("if Cloudflare applied exactly the declared settings, also without fields that only GET returns", async () => {
    seed({ trusted_accounts: ["one"], login_design: { header_text: "Hi", a_new_member: 1 } });
    await stack.up({ ...PROGRAM, sessionDuration: "12h", loginDesign: {} });
    expect(logs.warnings).toEqual([]);
    expect(stack.outputs.trustedAccounts).toEqual(["one"]);
  });
});

describe("A rejection that quotes a declared value", () => {
  const SECRET = { __program: { secrets: ["additionalSettings"] } };

  /** A program whose deployment fails with a rejection that quotes a value. */
  const programWith = (value: string | number) => {
    seed();
    const error = { code: 12130, message: `"${value}" is not allowed` };
    emulator.fault({ method: "PUT", ...rejection(400, error) });
    return { ...PROGRAM, additionalSettings: { new_setting: { a: value, b: null } } };
  };

  it.each<[string, string | number]>([
    ["a text", "a secret text"],
    ["a number", 48_151_623],
    ["several lines, which the message shows on one", "a secret\n  of two lines"],
  ])("is shown without a secret value: %s", async (_, value) => {
    const deployment = stack.up({ ...programWith(value), ...SECRET });
    await expect(deployment).rejects.toThrow('12130: "[redacted]" is not allowed');
  });

  it("is shown without the value if check did not see the inputs in this process", async () => {
    const inputs = { ...programWith("an unchecked text"), __provider: "code" };
    await expect(organization.create(inputs)).rejects.toThrow('"[redacted]" is not allowed');
  });

  it("is shown without a value that another resource with equal inputs declares as a secret", async () => {
    const program = programWith("a shared text");
    await new OneResourceStack(organization, emulator).preview({ ...program, ...SECRET });
    await expect(stack.up(program)).rejects.toThrow('12130: "[redacted]" is not allowed');
  });

  it("is shown with a plain value", async () => {
    const program = programWith("a plain text");
    await expect(stack.up(program)).rejects.toThrow('12130: "a plain text" is not allowed');
  });
});

describe("A write logs", () => {
  it("the messages of Cloudflare's response", async () => {
    emulator.behavior.writeMessages.push({ code: 1234, message: "Saved, and noted." });
    await stack.up(PROGRAM);
    expect(logs.infos).toEqual(["Cloudflare: Saved, and noted. (1234)"]);
  });

  const OVERWRITES = `Overwrites these live values of the Zero Trust organization of account ${ACCOUNT}:`;
  it("only the path of an overwritten value if the input is a secret", async () => {
    seed({ login_design: { header_text: "live secret" } });
    const loginDesign = { headerText: "declared secret" };
    await stack.up({ ...PROGRAM, loginDesign, __program: { secrets: ["loginDesign"] } });
    expect(logs.infos).toEqual([`${OVERWRITES}\n  loginDesign.headerText: [secret]`]);
  });

  it("only the path of an overwritten value if check did not see the inputs in this process", async () => {
    seed({ login_design: { header_text: "live secret" } });
    const loginDesign = { headerText: "unchecked secret" };
    await organization.create({ ...PROGRAM, loginDesign, __provider: "code" });
    expect(logs.infos).toEqual([`${OVERWRITES}\n  loginDesign.headerText`]);
  });
});
