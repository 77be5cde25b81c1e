import { startEmulator, type Emulator } from "../../emulator/index.js";
import { dohSettings, organization } from "../../provider/provider.js";
import { ACCOUNT, SERVICE_TOKEN, TEAM_DOMAIN, ZONE } from "../ids.js";
import { listen } from "./heard.js";
import { OneResourceStack } from "./stack.js";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const heard = listen();

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  for (const provider of [organization, dohSettings]) new OneResourceStack(provider, emulator);
});
afterEach(() => {
  expect(emulator.requests).toEqual([]);
});
afterAll(() => emulator.close());

async function problems(args: object, provider = organization): Promise<string[]> {
  const result = await provider.check?.({}, { ...args, __provider: "code" });
  return (result?.failures ?? []).map(({ property, reason }) => `${property} ${reason}`);
}
const inputs = async (args: object) =>
  (await organization.check?.({}, { ...args, __provider: "code" }))?.inputs as unknown;

describe("an organization belongs to an account or a zone", () => {
  it("to exactly one of them", async () => {
    expect(await problems({})).toMatchInlineSnapshot(`
      [
        "accountId is missing: state either it or zoneId",
      ]
    `);
    expect(await problems({ accountId: ACCOUNT, zoneId: ZONE })).toMatchInlineSnapshot(`
      [
        "zoneId excludes accountId: state one of them",
      ]
    `);
  });

  it.each(["", "widget", ACCOUNT.slice(1), `accounts/${ACCOUNT}`, `${ACCOUNT}/../..`, 5, {}, []])(
    "whose id is 32 hexadecimal digits, not %j",
    async (id) => {
      for (const name of ["accountId", "zoneId"])
        expect(await problems({ [name]: id })).toEqual([
          `${name} must be 32 hexadecimal digits, as the dashboard shows it`,
        ]);
    },
  );

  it("and a zone takes fewer settings", async () => {
    const taken = {
      zoneId: ZONE,
      name: "Of a zone",
      authDomain: TEAM_DOMAIN,
      isUiReadOnly: true,
      uiReadOnlyToggleReason: "maintenance",
      loginDesign: { headerText: "Hi" },
      userSeatExpirationInactiveTime: "730h",
    };
    expect(await problems(taken)).toEqual([]);
    const notTaken = {
      ...taken,
      denyUnmatchedRequests: true,
      mfaConfig: {},
      sessionDuration: "24h",
    };
    expect((await problems(notTaken)).join("\n")).toMatchInlineSnapshot(`
      "denyUnmatchedRequests is not taken by a zone, which takes name, authDomain, isUiReadOnly, uiReadOnlyToggleReason, loginDesign, userSeatExpirationInactiveTime
      mfaConfig is not taken by a zone, which takes name, authDomain, isUiReadOnly, uiReadOnlyToggleReason, loginDesign, userSeatExpirationInactiveTime
      sessionDuration is not taken by a zone, which takes name, authDomain, isUiReadOnly, uiReadOnlyToggleReason, loginDesign, userSeatExpirationInactiveTime"
    `);
  });

  it("and a zone's arguments may use older spellings", async () => {
    expect(await problems({ zoneId: ZONE, mfaSshPivKeyRequirements: {} })).toEqual([
      expect.stringMatching(/^mfaPivKeyRequirements is not taken by a zone/),
    ]);
  });
});

describe("DoH settings belong to an account", () => {
  it("and to no zone", async () => {
    const id = { serviceTokenId: SERVICE_TOKEN };
    expect(await problems({ accountId: ACCOUNT, ...id }, dohSettings)).toEqual([]);
    expect(await problems({ ...id }, dohSettings)).toMatchInlineSnapshot(`
      [
        "accountId is missing: state it",
      ]
    `);
    expect(await problems({ zoneId: ZONE, ...id }, dohSettings)).toMatchInlineSnapshot(`
      [
        "zoneId is not taken: DoH settings belong to an account",
      ]
    `);
  });
});

describe("all problems are told at once", () => {
  it("wherever they are", async () => {
    const wrong = {
      accountId: "widget",
      name: "",
      login_design: {},
      sessionDuration: "long",
      mfaRequiredForAllApps: true,
      mfaConfig: { allowedAuthenticators: [], sessionDuration: "800h" },
      mfaPivKeyRequirements: {},
      mfaSshPivKeyRequirements: {},
      additionalSettings: { created_at: "now", session_duration: "24h" },
    };
    expect((await problems(wrong)).map((line) => line.split(" ")[0]).sort()).toEqual([
      "accountId",
      "additionalSettings.created_at",
      "additionalSettings.session_duration",
      "login_design",
      "mfaConfig.allowedAuthenticators",
      "mfaConfig.sessionDuration",
      "mfaSshPivKeyRequirements",
      "name",
      "sessionDuration",
    ]);
  });
});

describe("checked arguments", () => {
  it("are those of the program: nothing is filled in, nothing respelled", async () => {
    const args = {
      accountId: ACCOUNT,
      sessionDuration: "1440m",
      loginDesign: {},
      isUiReadOnly: false,
    };
    expect(await inputs(args)).toEqual(args);
  });

  it("leave out what is null, as a program says that it leaves something out", async () => {
    const loginDesign = { headerText: null, footerText: "Bye" };
    expect(await inputs({ accountId: ACCOUNT, zoneId: null, name: null, loginDesign })).toEqual({
      accountId: ACCOUNT,
      loginDesign: { footerText: "Bye" },
    });
  });

  it("leave out an object that only holds nulls: it states nothing, whereas {} clears", async () => {
    const args = { loginDesign: { headerText: null }, serviceTokenInactivity: { enabled: null } };
    expect(await inputs({ accountId: ACCOUNT, ...args })).toEqual({ accountId: ACCOUNT });
    const cleared = { accountId: ACCOUNT, loginDesign: {}, serviceTokenInactivity: {} };
    expect(await inputs(cleared)).toEqual(cleared);
  });

  it("keep null where it is passed through", async () => {
    const args = {
      accountId: ACCOUNT,
      additionalSettings: { a_new_one: null, other: { a: null } },
    };
    expect(await inputs(args)).toEqual(args);
  });

  it("are under today's names, with a warning for each older one", async () => {
    const older = {
      accountId: ACCOUNT,
      mfaSshPivKeyRequirements: { pinPolicy: "once" },
      mfaConfig: { allowedAuthenticators: ["ssh_piv_key"] },
      additionalSettings: { session_duration: "24h" },
    };
    expect(await inputs(older)).toEqual({
      accountId: ACCOUNT,
      mfaPivKeyRequirements: { pinPolicy: "once" },
      mfaConfig: { allowedAuthenticators: ["piv_key"] },
      sessionDuration: "24h",
    });
    expect(heard.warnings.join("\n")).toMatchInlineSnapshot(`
      "mfaSshPivKeyRequirements is deprecated: use mfaPivKeyRequirements.
      additionalSettings.session_duration is deprecated: use sessionDuration.
      mfaConfig.allowedAuthenticators: "ssh_piv_key" is deprecated: use "piv_key"."
    `);
  });

  it("hold values that are newer than this release, with a warning", async () => {
    const newer = { accountId: ACCOUNT, mfaPivKeyRequirements: { pinPolicy: "sometimes" } };
    expect(await inputs(newer)).toEqual(newer);
    expect(heard.warnings).toEqual([expect.stringMatching(/^mfaPivKeyRequirements.pinPolicy: /)]);
  });
});

describe("what a preview does not know yet", () => {
  it("is right, and nothing is said of it", async () => {
    const args = {
      accountId: UNKNOWN,
      name: UNKNOWN,
      mfaRequiredForAllApps: true,
      mfaConfig: { allowedAuthenticators: [UNKNOWN], sessionDuration: UNKNOWN },
      mfaPivKeyRequirements: { pinPolicy: UNKNOWN, sshKeySize: UNKNOWN },
      serviceTokenInactivity: UNKNOWN,
      additionalSettings: { a_new_one: UNKNOWN, session_duration: UNKNOWN },
    };
    expect(await problems(args)).toEqual([]);
    expect(heard.warnings).toEqual([expect.stringMatching(/session_duration is deprecated/)]);
  });
});
