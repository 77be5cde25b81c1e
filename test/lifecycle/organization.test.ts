import { startEmulator, type Emulator, type Personality } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { CLEARED_SETTINGS, SETTINGS } from "../contract/program-inputs.js";
import { ACCOUNT, OTHER_ACCOUNT, OTHER_DOMAIN, TEAM_DOMAIN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { requestsOf } from "./requests-of.js";
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
    const edit = (changes: Properties) => emulator.edit("accounts", ACCOUNT, changes);
    const up = (settings: Properties) => stack.up({ accountId: ACCOUNT, ...settings });
    const requestsOfUp = (settings: Properties) => requestsOf(emulator, () => up(settings));
    /** Deploys, and expects that another deployment and a refresh change nothing. */
    async function deploy(settings: Properties): Promise<void> {
      await up(settings);
      expect(await up(settings)).toBe("same");
      expect(await stack.refresh()).toBe("clean");
      expect(await up(settings)).toBe("same");
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
      ["every setting", SETTINGS, CLEARED_SETTINGS],
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
    ])("clears %s that is declared empty, and sets it again", async (_, set, empty) => {
      const settings = () => ({ ...live(), updated_at: undefined });
      await deploy(set);
      const before = settings();
      await deploy(empty);
      expect(settings()).not.toEqual(before);
      await deploy(set);
      expect(settings()).toEqual(before);
    });

    it("shows the drift of managed settings, and the next deployment remediates it", async () => {
      const declared = {
        sessionDuration: "24h",
        loginDesign: { headerText: "Hi", footerText: "Bye" },
      };
      await deploy(declared);
      edit({
        session_duration: "1h",
        login_design: { header_text: "Hi", footer_text: "Ciao", text_color: "#000000" },
      });
      const refresh = async () => expect(await stack.refresh()).toBe("drifted");
      expect(await requestsOf(emulator, refresh)).toEqual(["GET"]);
      expect(stack.inputs).toEqual({
        accountId: ACCOUNT,
        sessionDuration: "1h",
        loginDesign: { headerText: "Hi", footerText: "Ciao" },
      });
      expect(await requestsOfUp(declared)).toEqual(["GET", "PUT"]);
      expect(live()).toMatchObject({
        session_duration: "24h",
        login_design: { header_text: "Hi", footer_text: "Bye", text_color: "#000000" },
      });
    });

    it("manages additional settings like typed ones", async () => {
      edit({ a_new_setting: 1, another_one: ["a"] });
      const declared = { additionalSettings: { a_new_setting: { b: [2, 1] } } };
      await deploy(declared);
      expect(live()).toMatchObject({ a_new_setting: { b: [2, 1] }, another_one: ["a"] });
      edit({ a_new_setting: { b: [1, 2] } });
      expect(await stack.refresh()).toBe("drifted");
      await deploy({ additionalSettings: { a_new_setting: null } });
      expect(live()).not.toHaveProperty("a_new_setting");
    });

    it("stays unchanged in a destroy, with one line, and is adopted into the same state by the next creation", async () => {
      await deploy(SETTINGS);
      const before = live();
      const { outputs } = stack;
      logs.infos.length = 0;
      expect(await requestsOf(emulator, () => stack.destroy())).toEqual([]);
      expect(logs.infos).toEqual([
        `No API call; the Zero Trust organization of account ${ACCOUNT} is unchanged.`,
      ]);
      expect(await up(SETTINGS)).toBe("created");
      expect(live()).toEqual(before);
      expect(stack.outputs).toEqual(outputs);
    });

    it("takes a GET to create over an equivalent live organization", async () => {
      edit({ session_duration: "24h" });
      const equivalent = { sessionDuration: "1440m", loginDesign: {}, isUiReadOnly: false };
      expect(await requestsOfUp(equivalent)).toEqual(["GET"]);
    });

    it("takes no request if the inputs are equivalent to the last deployed ones", async () => {
      await up({ sessionDuration: "24h" });
      expect(await requestsOfUp({ sessionDuration: "1440m" })).toEqual([]);
    });

    it("takes a GET to update if the live organization is already as declared", async () => {
      await up({});
      edit({ session_duration: "12h" });
      expect(await requestsOfUp({ sessionDuration: "12h" })).toEqual(["GET"]);
    });

    it("takes a GET to record a newly declared false, so that a refresh shows its drift", async () => {
      await up({});
      expect(await requestsOfUp({ denyUnmatchedRequests: false })).toEqual(["GET"]);
      edit({ deny_unmatched_requests: true });
      expect(await stack.refresh()).toBe("drifted");
    });

    it("is replaced if the account changes, and the former account's organization stays", async () => {
      emulator.seed("accounts", OTHER_ACCOUNT);
      await up({ name: "Widget Corp" });
      const before = live();
      const other = { accountId: OTHER_ACCOUNT, name: "Gadget Corp" };
      const replace = async () => expect(await stack.up(other)).toBe("replaced");
      expect(await requestsOf(emulator, replace)).toEqual(["GET", "PUT"]);
      expect(stack.state?.id).toBe(`accounts/${OTHER_ACCOUNT}`);
      expect(live()).toEqual(before);
    });
  },
);
