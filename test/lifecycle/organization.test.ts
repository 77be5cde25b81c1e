import { startEmulator, type Emulator, type Personality } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { SETTINGS } from "../contract/program-inputs.js";
import { ACCOUNT, OTHER_DOMAIN, TEAM_DOMAIN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack, type Properties } from "./stack.js";

const logs = captureLogs();

describe.each<Personality>(["typical", "sparse", "explicit"])(
  "An organization with %s responses",
  (personality) => {
    let emulator: Emulator;
    let stack: OneResourceStack;
    beforeEach(async () => {
      emulator = await startEmulator({ personality });
      stack = new OneResourceStack(organization, emulator);
      emulator.seed("accounts", ACCOUNT, { auth_domain: TEAM_DOMAIN, name: "Widget Corp" });
    });
    afterEach(() => emulator.close());

    const live = () => emulator.organization("accounts", ACCOUNT) ?? {};
    /** Deploys, and expects that another deployment and a refresh change nothing. */
    async function deploy(settings: Properties): Promise<void> {
      const program = { accountId: ACCOUNT, ...settings };
      await stack.up(program);
      expect(await stack.up(program)).toBe("same");
      expect(await stack.refresh()).toBe("clean");
      expect(await stack.up(program)).toBe("same");
      expect(logs.warnings).toEqual([]);
    }

    it("has every declared setting after a deployment", async () => {
      const everything = {
        ...SETTINGS,
        name: "Gadget Corp",
        authDomain: OTHER_DOMAIN,
        denyUnmatchedRequestsExemptedZoneNames: ["b.example.com", "a.example.com"],
      };
      await deploy(everything);
      expect(stack.inputs).toEqual({ accountId: ACCOUNT, ...everything });
      const { createdAt, updatedAt, trustedAccounts, ...outputs } = stack.outputs;
      expect(outputs).toEqual(stack.inputs);
      expect(trustedAccounts).toEqual([]);
      expect([createdAt, updatedAt].map((time) => Date.parse(String(time)))).not.toContain(NaN);
    });

    it("keeps settings that the program does not declare, and those that this release does not know", async () => {
      const others = {
        deny_unmatched_requests: true,
        deny_unmatched_requests_exempted_zone_names: ["example.com"],
        is_ui_read_only: false,
        login_design: { header_text: "Hi", footer_text: "Bye" },
        mfa_config: { allowed_authenticators: ["a_new_authenticator"], session_duration: "1440m" },
        mfa_required_for_all_apps: true,
        service_token_inactivity: {
          action: "disable",
          enabled: true,
          inactivity_threshold_days: 30,
        },
        a_new_setting: { a: [1, null, {}] },
      };
      emulator.edit("accounts", ACCOUNT, others);
      await deploy({ sessionDuration: "12h", loginDesign: { headerText: "Ho" } });
      expect(live()).toMatchObject({
        ...others,
        session_duration: "12h",
        login_design: { header_text: "Ho", footer_text: "Bye" },
      });
    });

    it("keeps the live value of an input that is no longer declared", async () => {
      const declared = { denyUnmatchedRequests: true, loginDesign: { headerText: "Hi" } };
      await deploy(declared);
      await deploy({});
      expect(live()).toMatchObject({
        deny_unmatched_requests: true,
        login_design: { header_text: "Hi" },
      });
      expect(stack.outputs).not.toHaveProperty("denyUnmatchedRequests");
    });

    it.each<[string, Properties, Properties]>([
      ["a duration", { sessionDuration: "24h" }, { sessionDuration: "" }],
      [
        "a list",
        { denyUnmatchedRequestsExemptedZoneNames: ["example.com"] },
        { denyUnmatchedRequestsExemptedZoneNames: [] },
      ],
      ["a boolean", { denyUnmatchedRequests: true }, { denyUnmatchedRequests: false }],
      [
        "a member of an object",
        { loginDesign: { headerText: "Hi", footerText: "Bye" } },
        { loginDesign: { headerText: "", footerText: "Bye" } },
      ],
      [
        "the last member of an object",
        { customPages: { forbidden: "uid" } },
        { customPages: { forbidden: "" } },
      ],
      ["an object", { loginDesign: { headerText: "Hi", footerText: "Bye" } }, { loginDesign: {} }],
      [
        "an object with a list",
        { mfaConfig: { allowedAuthenticators: ["totp"], sessionDuration: "1h" } },
        { mfaConfig: {} },
      ],
      [
        "an atomic object",
        {
          serviceTokenInactivity: { action: "delete", enabled: true, inactivityThresholdDays: 60 },
        },
        { serviceTokenInactivity: {} },
      ],
      [
        "isUiReadOnly with its reason",
        { isUiReadOnly: true, uiReadOnlyToggleReason: "maintenance" },
        { isUiReadOnly: false, uiReadOnlyToggleReason: "" },
      ],
    ])("clears %s that is declared empty, and sets it again", async (_, set, empty) => {
      await deploy(set);
      const before = live();
      await deploy(empty);
      expect(live()).not.toEqual(before);
      await deploy(set);
      expect({ ...live(), updated_at: 0 }).toEqual({ ...before, updated_at: 0 });
    });

    it("shows the drift of managed settings, and the next deployment remediates it", async () => {
      const declared = {
        sessionDuration: "24h",
        loginDesign: { headerText: "Hi", footerText: "Bye" },
      };
      await deploy(declared);
      emulator.edit("accounts", ACCOUNT, {
        session_duration: "1h",
        login_design: { header_text: "Hi", footer_text: "Ciao", text_color: "#000000" },
      });
      expect(await stack.refresh()).toBe("drifted");
      expect(stack.inputs).toEqual({
        accountId: ACCOUNT,
        sessionDuration: "1h",
        loginDesign: { headerText: "Hi", footerText: "Ciao" },
      });
      expect(await stack.up({ accountId: ACCOUNT, ...declared })).toBe("updated");
      expect(live()).toMatchObject({
        session_duration: "24h",
        login_design: { header_text: "Hi", footer_text: "Bye", text_color: "#000000" },
      });
    });

    it("shows no drift of undeclared settings, and none for another spelling", async () => {
      await deploy({ sessionDuration: "24h", loginDesign: { headerText: "Hi" } });
      emulator.edit("accounts", ACCOUNT, {
        session_duration: "1440m",
        login_design: { header_text: "Hi", footer_text: "Ciao" },
        allow_authenticate_via_warp: true,
      });
      expect(await stack.refresh()).toBe("clean");
      expect(stack.inputs.sessionDuration).toBe("24h");
    });

    it.each<[string, Properties]>([
      ["sessionDuration", { session_duration: null }],
      ["denyUnmatchedRequests", { deny_unmatched_requests: null }],
      ["loginDesign", { login_design: null }],
      ["serviceTokenInactivity", { service_token_inactivity: null }],
    ])("shows that someone unset %s, and sets it again", async (input, unset) => {
      const declared: Properties = {
        sessionDuration: "24h",
        denyUnmatchedRequests: true,
        loginDesign: { headerText: "Hi" },
        serviceTokenInactivity: { action: "delete", enabled: true, inactivityThresholdDays: 60 },
      };
      await deploy(declared);
      emulator.edit("accounts", ACCOUNT, unset);
      expect(await stack.refresh()).toBe("drifted");
      expect(Object.keys(stack.inputs)).toContain(input);
      await deploy(declared);
    });

    it("manages additional settings like typed ones", async () => {
      emulator.edit("accounts", ACCOUNT, { a_new_setting: 1, another_one: ["a"] });
      const declared = { additionalSettings: { a_new_setting: { b: [2, 1] } } };
      await deploy(declared);
      expect(live()).toMatchObject({ a_new_setting: { b: [2, 1] }, another_one: ["a"] });
      emulator.edit("accounts", ACCOUNT, { a_new_setting: { b: [1, 2] } });
      expect(await stack.refresh()).toBe("drifted");
      await deploy({ additionalSettings: { a_new_setting: null } });
      expect(live()).not.toHaveProperty("a_new_setting");
    });

    it("stays unchanged in a destroy, and is adopted into the same state by the next creation", async () => {
      await deploy(SETTINGS);
      const before = live();
      const { outputs } = stack;
      await stack.destroy();
      expect(live()).toEqual(before);
      expect(await stack.up({ accountId: ACCOUNT, ...SETTINGS })).toBe("created");
      expect(live()).toEqual(before);
      expect(stack.outputs).toEqual(outputs);
    });
  },
);
