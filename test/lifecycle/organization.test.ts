import { startEmulator, type Emulator, type Personality } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ACCOUNT, LIST_ID, OTHER_DOMAIN, TEAM_DOMAIN } from "../ids.js";
import { listen } from "./heard.js";
import { OneResourceStack, type Properties } from "./stack.js";

const heard = listen();

describe.each<Personality>(["sparse", "explicit"])(
  "an organization (%s answers)",
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
    /** Deploys, and holds that a second deployment and a refresh find nothing to do. */
    async function settle(args: Properties): Promise<void> {
      await stack.up({ accountId: ACCOUNT, ...args });
      expect(await stack.up({ accountId: ACCOUNT, ...args })).toBe("same");
      expect(await stack.refresh()).toBe("clean");
      expect(await stack.up({ accountId: ACCOUNT, ...args })).toBe("same");
      expect(heard.warnings).toEqual([]);
    }

    it("takes every argument, and is settled then", async () => {
      const everything = {
        name: "Gadget Corp",
        authDomain: OTHER_DOMAIN,
        allowAuthenticateViaWarp: true,
        autoRedirectToIdentity: true,
        customPages: { forbidden: "one", identityDenied: "other" },
        denyUnmatchedRequests: true,
        denyUnmatchedRequestsExemptedZoneNames: ["b.example.com", "a.example.com"],
        isUiReadOnly: true,
        uiReadOnlyToggleReason: "maintenance",
        loginDesign: {
          backgroundColor: "#C5ed1B",
          footerText: "f",
          headerText: "h",
          logoPath: "https://example.com/l.png",
          textColor: "#000000",
        },
        mfaConfig: {
          allowedAuthenticators: ["totp", "piv_key"],
          amrMatchingSessionDuration: "12h",
          requiredAaguids: LIST_ID,
          sessionDuration: "90m",
        },
        mfaPivKeyRequirements: {
          pinPolicy: "always",
          requireFipsDevice: true,
          sshKeySize: [256, 2048],
          sshKeyType: ["ecdsa", "rsa"],
          touchPolicy: "cached",
        },
        mfaRequiredForAllApps: true,
        serviceTokenInactivity: { action: "delete", enabled: true, inactivityThresholdDays: 60 },
        sessionDuration: "1h30m",
        strictServiceTokenAuth: true,
        userSeatExpirationInactiveTime: "1460h",
        warpAuthNonBrowser401: true,
        warpAuthSessionDuration: "36h",
      };
      await settle(everything);
      expect(stack.inputs).toEqual({ accountId: ACCOUNT, ...everything });
      const { createdAt, updatedAt, ...outputs } = stack.outputs;
      expect(outputs).toEqual(stack.inputs);
      expect([createdAt, updatedAt].map((time) => Date.parse(String(time)))).not.toContain(NaN);
    });

    it("keeps what the program does not state, what nobody here knows included", async () => {
      const others = {
        deny_unmatched_requests: true,
        deny_unmatched_requests_exempted_zone_names: ["example.com"],
        is_ui_read_only: false,
        login_design: { header_text: "Hi", footer_text: "Bye" },
        mfa_config: { allowed_authenticators: ["retina_scan"], session_duration: "1440m" },
        mfa_required_for_all_apps: true,
        service_token_inactivity: {
          action: "disable",
          enabled: true,
          inactivity_threshold_days: 30,
        },
        a_setting_of_tomorrow: { a: [1, null, {}] },
      };
      emulator.edit("accounts", ACCOUNT, others);
      await settle({ sessionDuration: "12h", loginDesign: { headerText: "Ho" } });
      expect(live()).toMatchObject({
        ...others,
        session_duration: "12h",
        login_design: { header_text: "Ho", footer_text: "Bye" },
      });
    });

    it("keeps the value of an argument that is taken out", async () => {
      const stated = { denyUnmatchedRequests: true, loginDesign: { headerText: "Hi" } };
      await settle(stated);
      await settle({});
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
        "a member",
        { loginDesign: { headerText: "Hi", footerText: "Bye" } },
        { loginDesign: { headerText: "", footerText: "Bye" } },
      ],
      [
        "the last member",
        { customPages: { forbidden: "uid" } },
        { customPages: { forbidden: "" } },
      ],
      ["an object", { loginDesign: { headerText: "Hi", footerText: "Bye" } }, { loginDesign: {} }],
      [
        "the MFA configuration",
        { mfaConfig: { allowedAuthenticators: ["totp"], sessionDuration: "1h" } },
        { mfaConfig: {} },
      ],
      [
        "the rule for service tokens",
        {
          serviceTokenInactivity: { action: "delete", enabled: true, inactivityThresholdDays: 60 },
        },
        { serviceTokenInactivity: {} },
      ],
      [
        "the lock with its reason",
        { isUiReadOnly: true, uiReadOnlyToggleReason: "maintenance" },
        { isUiReadOnly: false, uiReadOnlyToggleReason: "" },
      ],
    ])("is cleared of %s by stating it empty, and set again", async (_, set, empty) => {
      await settle(set);
      const before = live();
      await settle(empty);
      expect(live()).not.toEqual(before);
      await settle(set);
      expect({ ...live(), updated_at: 0 }).toEqual({ ...before, updated_at: 0 });
    });

    it("shows drift of what is stated, old to new, and the way back", async () => {
      const stated = {
        sessionDuration: "24h",
        loginDesign: { headerText: "Hi", footerText: "Bye" },
      };
      await settle(stated);
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
      expect(await stack.up({ accountId: ACCOUNT, ...stated })).toBe("updated");
      expect(live()).toMatchObject({
        session_duration: "24h",
        login_design: { header_text: "Hi", footer_text: "Bye", text_color: "#000000" },
      });
    });

    it("shows no drift of what is not stated, nor of another spelling", async () => {
      await settle({ sessionDuration: "24h", loginDesign: { headerText: "Hi" } });
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
    ])("notices when %s is gone, and brings it back", async (argument, gone) => {
      const stated: Properties = {
        sessionDuration: "24h",
        denyUnmatchedRequests: true,
        loginDesign: { headerText: "Hi" },
        serviceTokenInactivity: { action: "delete", enabled: true, inactivityThresholdDays: 60 },
      };
      await settle(stated);
      emulator.edit("accounts", ACCOUNT, gone);
      expect(await stack.refresh()).toBe("drifted");
      expect(Object.keys(stack.inputs)).toContain(argument);
      await settle(stated);
    });

    it("manages additional settings like any other", async () => {
      emulator.edit("accounts", ACCOUNT, { a_setting_of_tomorrow: 1, another_one: ["a"] });
      const stated = { additionalSettings: { a_setting_of_tomorrow: { b: [2, 1] } } };
      await settle(stated);
      expect(live()).toMatchObject({ a_setting_of_tomorrow: { b: [2, 1] }, another_one: ["a"] });
      emulator.edit("accounts", ACCOUNT, { a_setting_of_tomorrow: { b: [1, 2] } });
      expect(await stack.refresh()).toBe("drifted");
      await settle({ additionalSettings: { a_setting_of_tomorrow: null } });
      expect(live()).not.toHaveProperty("a_setting_of_tomorrow");
    });

    it("is not touched by being destroyed, and is adopted again", async () => {
      await settle({ sessionDuration: "12h" });
      const before = live();
      await stack.destroy();
      expect(live()).toEqual(before);
      expect(await stack.up({ accountId: ACCOUNT, sessionDuration: "12h" })).toBe("created");
      expect(live()).toEqual(before);
    });
  },
);
