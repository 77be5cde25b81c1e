import { startEmulator, type Emulator } from "../../emulator/index.js";
import { UNKNOWN } from "../../provider/schema/values.js";
import { dohSettings, organization } from "../../provider/provider.js";
import { ACCOUNT, SERVICE_TOKEN, ZONE } from "../ids.js";
import { ZONE_SETTINGS } from "../contract/program-inputs.js";
import { accountId } from "../engine/accounts.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack, type Properties } from "./stack.js";

const logs = captureLogs();

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  for (const provider of [organization, dohSettings]) new OneResourceStack(provider, emulator);
});
afterEach(() => {
  expect(emulator.requests).toEqual([]); // check needs no request
});
afterAll(() => emulator.close());

async function failures(inputs: object, provider = organization): Promise<string[]> {
  const result = await provider.check?.({}, { ...inputs, __provider: "code" });
  return (result?.failures ?? []).map(({ property, reason }) => `${property} ${reason}`);
}
const checked = async (inputs: object) =>
  (await organization.check?.({}, { ...inputs, __provider: "code" }))?.inputs as unknown;

describe("The check of an organization", () => {
  it("needs either accountId or zoneId", async () => {
    expect(await failures({})).toEqual(["accountId is missing. Declare accountId or zoneId"]);
    expect(await failures({ accountId: ACCOUNT, zoneId: ZONE })).toEqual([
      "zoneId conflicts with accountId. Declare one of them",
    ]);
  });

  it.each(["", "widget", ACCOUNT.slice(1), `accounts/${ACCOUNT}`, `${ACCOUNT}/../..`, 5, {}, []])(
    "needs ids of 32 hexadecimal digits, not %j",
    async (id) => {
      for (const name of ["accountId", "zoneId"])
        expect(await failures({ [name]: id })).toEqual([
          `${name} must have 32 hexadecimal digits, as the dashboard shows it`,
        ]);
    },
  );

  it("accepts for a zone only the settings that zones have", async () => {
    const accepted = { zoneId: ZONE, ...ZONE_SETTINGS };
    expect(await failures(accepted)).toEqual([]);
    const reason = `is not accepted for a zone. Zones accept ${Object.keys(ZONE_SETTINGS).join(", ")}`;
    const others = { denyUnmatchedRequests: true, mfaConfig: {}, sessionDuration: "24h" };
    expect(await failures({ ...accepted, ...others })).toEqual(
      Object.keys(others).map((name) => `${name} ${reason}`),
    );
  });

  it("replaces older names before it checks what zones accept", async () => {
    expect(await failures({ zoneId: ZONE, mfaSshPivKeyRequirements: {} })).toEqual([
      expect.stringMatching(/^mfaPivKeyRequirements is not accepted for a zone/),
    ]);
  });

  it("returns one failure for a zone's unknown input with the name of an object's method", async () => {
    expect(await failures({ zoneId: ZONE, constructor: 1 })).toEqual([
      expect.stringMatching(/^constructor is not an input\. /),
    ]);
  });

  it("returns all failures at once", async () => {
    const invalid = {
      accountId: "widget",
      name: "",
      login_design: {},
      mfaRequiredForAllApps: true,
      mfaConfig: { allowedAuthenticators: [] },
      mfaPivKeyRequirements: {},
      mfaSshPivKeyRequirements: {},
    };
    expect((await failures(invalid)).map((line) => line.split(" ")[0])).toEqual([
      "accountId",
      "mfaSshPivKeyRequirements",
      "name",
      "login_design",
      "mfaConfig.allowedAuthenticators",
    ]);
  });

  it("accepts values that a preview does not know yet, without a warning about them", async () => {
    const inputs = {
      accountId: UNKNOWN,
      name: UNKNOWN,
      mfaRequiredForAllApps: true,
      mfaConfig: { allowedAuthenticators: [UNKNOWN], sessionDuration: UNKNOWN },
      mfaPivKeyRequirements: { pinPolicy: UNKNOWN, sshKeySize: UNKNOWN },
      serviceTokenInactivity: UNKNOWN,
      additionalSettings: { a_new_one: UNKNOWN, session_duration: UNKNOWN },
    };
    expect(await failures(inputs)).toEqual([]);
    expect(logs.warnings).toEqual([expect.stringMatching(/session_duration is deprecated/)]);
  });
});

describe("The check of DoH settings", () => {
  it("needs accountId and does not accept zoneId", async () => {
    const id = { serviceTokenId: SERVICE_TOKEN };
    expect(await failures({ accountId: ACCOUNT, ...id }, dohSettings)).toEqual([]);
    expect(await failures(id, dohSettings)).toEqual(["accountId is missing. Declare it"]);
    expect(await failures({ zoneId: ZONE, ...id }, dohSettings)).toEqual([
      "zoneId is not an input: DoH settings belong to an account",
    ]);
  });
});

describe("Checked inputs", () => {
  it.each<[string, inputs: Properties, checked?: Properties]>([
    [
      "contain the declared values in their own spelling and no defaults",
      { sessionDuration: "1440m", isUiReadOnly: false },
    ],
    ["contain {}, which clears an object", { loginDesign: {}, serviceTokenInactivity: {} }],
    [
      "contain the nulls of additional settings, which clear them",
      { additionalSettings: { a_new_one: null, other: { a: null } } },
    ],
    [
      "omit other nulls, which in a program mean that nothing is declared",
      { zoneId: null, name: null, loginDesign: { headerText: null, footerText: "Bye" } },
      { loginDesign: { footerText: "Bye" } },
    ],
    [
      "omit an object whose members are all null",
      { loginDesign: { headerText: null }, serviceTokenInactivity: { enabled: null } },
      {},
    ],
  ])("%s", async (_, inputs, expected = inputs) => {
    expect(await checked({ accountId: ACCOUNT, ...inputs })).toEqual({
      accountId: ACCOUNT,
      ...expected,
    });
  });

  it("contain ids in lower case", async () => {
    expect(await checked({ accountId: ACCOUNT.toUpperCase() })).toEqual({ accountId: ACCOUNT });
    expect(await checked({ zoneId: ZONE.toUpperCase() })).toEqual({ zoneId: ZONE });
  });

  it("have current names, with a warning for each older one", async () => {
    const older = {
      accountId: ACCOUNT,
      mfaSshPivKeyRequirements: { pinPolicy: "once" },
      mfaConfig: { allowedAuthenticators: ["ssh_piv_key"] },
      additionalSettings: { session_duration: "24h" },
    };
    expect(await checked(older)).toEqual({
      accountId: ACCOUNT,
      mfaPivKeyRequirements: { pinPolicy: "once" },
      mfaConfig: { allowedAuthenticators: ["piv_key"] },
      sessionDuration: "24h",
    });
    expect(logs.warnings).toEqual([
      "mfaSshPivKeyRequirements is deprecated. Use mfaPivKeyRequirements.",
      "additionalSettings.session_duration is deprecated. Use sessionDuration.",
      'mfaConfig.allowedAuthenticators: "ssh_piv_key" is deprecated. Use "piv_key".',
    ]);
  });

  it("do not clear an object that additionalSettings give only a null for an unknown member", async () => {
    const additionalSettings = { login_design: { a_new_member: null } };
    expect(await checked({ accountId: ACCOUNT, additionalSettings })).toEqual({
      accountId: ACCOUNT,
    });
  });

  it("contain values that this release does not know, with a warning", async () => {
    const unknown = {
      accountId: ACCOUNT,
      mfaPivKeyRequirements: { pinPolicy: "sometimes" },
      loginDesign: { a_new_member: "x" },
    };
    expect(await checked(unknown)).toEqual(unknown);
    expect(logs.warnings).toEqual([
      expect.stringMatching(/^loginDesign.a_new_member is not known/),
      expect.stringMatching(/^mfaPivKeyRequirements.pinPolicy: /),
    ]);
  });
});

describe("The checks of one account's resources", () => {
  let accounts = 0;
  let account = "";
  beforeEach(() => {
    account = accountId((accounts += 1)); // the process remembers which resource declares which field
  });

  /** Checks a resource. Each resource of a program has its own registration number. */
  const declare = (resource: string, registration: number, inputs: object) =>
    failures({ accountId: account, ...inputs, __program: { resource, registration } });

  const DESIGN = { loginDesign: { headerText: "Hi", footerText: "Bye" } };

  it.each([
    ["with different names", "one", "other"],
    ["with the same name in two components", "one", "one"],
  ])("warn if two of them declare the same setting, %s", async (_, first, second) => {
    await declare(first, 1, { ...DESIGN, sessionDuration: "1h" });
    await declare(second, 2, { name: "Widget Corp", ...DESIGN });
    expect(logs.warnings).toEqual([
      `The resources "${first}" and "${second}" both declare loginDesign.footerText, loginDesign.headerText of the Zero Trust organization of account ${account}. Declare each setting in one of them, or they overwrite each other's values.`,
    ]);
  });

  it("warn also if the letter case of the account's id differs", async () => {
    account = account.replace(/^0/, "a");
    await declare("one", 1, DESIGN);
    account = account.toUpperCase();
    await declare("other", 2, DESIGN);
    expect(logs.warnings).toHaveLength(1);
  });

  it("do not warn if the engine checks one resource twice, as for a replacement", async () => {
    await declare("one", 1, DESIGN);
    await declare("one", 1, DESIGN);
    expect(logs.warnings).toEqual([]);
  });

  it("do not warn if two resources declare different settings", async () => {
    await declare("one", 1, { loginDesign: { headerText: "Hi" } });
    await declare("other", 2, { loginDesign: { footerText: "Bye" } });
    expect(logs.warnings).toEqual([]);
  });
});
