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
