import {
  startEmulator,
  type Emulator,
  type Personality,
  type BehaviorOptions,
} from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { messageOf } from "../cloudflare/errors.js";
import { REFERENCE_SETTINGS } from "../contract/reference-settings.js";
import { ACCOUNT, TEAM_DOMAIN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { requestsOf } from "./requests-of.js";
import { OneResourceStack, RETRIES, type StackOptions } from "./stack.js";

/*
 * The API may behave in ways that its documentation leaves open. With each of them, a deployment ends as
 * declared, loses nothing, and is written once.
 */

/** A live organization, of which the program declares a part. */
const LIVE = {
  ...REFERENCE_SETTINGS,
  login_design: { header_text: "Hi", footer_text: "Bye" },
  a_new_setting: { a: [1] },
};
const FIRST = {
  accountId: ACCOUNT,
  name: "Gadget Corp",
  sessionDuration: "12h",
  loginDesign: { headerText: "Ho" },
};
const SECOND = {
  ...FIRST,
  sessionDuration: "90m",
  loginDesign: { headerText: "", textColor: "#000000" },
};
const AFTER_SECOND = {
  ...LIVE,
  name: "Gadget Corp",
  session_duration: "90m",
  login_design: { footer_text: "Bye", text_color: "#000000" },
};

const logs = captureLogs();

let emulator: Emulator;
afterEach(() => emulator.close());

/** Starts an emulator with the organization, and returns a stack for it. */
async function stackWith(
  behavior: BehaviorOptions,
  personality: Personality = "sparse",
  config: StackOptions["config"] = {},
) {
  emulator = await startEmulator({ behavior, personality });
  emulator.seed("accounts", ACCOUNT, LIVE);
  return new OneResourceStack(organization, emulator, { config });
}
const live = () => emulator.organization("accounts", ACCOUNT);
/** Respells durations that the API rewrote: a request may repeat them in either spelling. */
const withoutRewriting = (object: unknown) =>
  JSON.parse(JSON.stringify(object).replaceAll('h0m0s"', 'h"')) as unknown;
const writes = () => emulator.requests.filter(({ method }) => method !== "GET").length;

describe.each<Personality>(["typical", "sparse", "explicit"])(
  "A deployment ends as declared (%s responses)",
  (personality) => {
    it.each<[string, BehaviorOptions]>([
      ["the API behaves as documented", {}],
      ["PUT merges instead of replacing", { putMerges: true }],
      ["the API rewrites durations", { durationsRewritten: true }],
      ["the API rejects empty values", { emptyValuesRejected: true }],
      ["responses to writes have every field", { writeResponseOmits: "nothing" }],
      [
        "responses to writes have no timestamps",
        { writeResponseOmits: "get_only_fields_and_timestamps" },
      ],
      ['"" unsets durations', { emptyDuration: "unset" }],
      ["PUT clears trusted_accounts", { putClearsTrustedAccounts: true }],
      ["the MFA settings have their former names", { mfaNames: "old" }],
      ["the API rejects strict authentication off", { strictServiceTokenAuthOff: "rejected" }],
    ])("if %s", async (_, behavior) => {
      const stack = await stackWith(behavior, personality);
      expect(await stack.up(FIRST)).toBe("created");
      expect(await stack.up(FIRST)).toBe("same");
      expect(await stack.refresh()).toBe("clean");
      expect(await stack.up(SECOND)).toBe("updated");
      expect(await stack.refresh()).toBe("clean");
      expect(await stack.up(SECOND)).toBe("same");
      expect(withoutRewriting(live())).toMatchObject(AFTER_SECOND);
      expect(writes()).toBe(2);
    });

    it.each<[string, BehaviorOptions]>([
      ["responds with 200", { neverEnabled: "sparse", postStatus: 200 }],
      ["responds with 201", { neverEnabled: "not_found", postStatus: 201 }],
    ])("if POST %s", async (_, behavior) => {
      emulator = await startEmulator({ behavior, personality });
      const stack = new OneResourceStack(organization, emulator);
      const program = { ...FIRST, authDomain: TEAM_DOMAIN };
      expect(await stack.up(program)).toBe("created");
      expect(await stack.up(program)).toBe("same");
      expect(await stack.refresh()).toBe("clean");
    });
  },
);

describe("A response to a write without timestamps", () => {
  const behavior = { writeResponseOmits: "get_only_fields_and_timestamps" } as const;
  const time = expect.any(String) as string;
  const TIMES = { createdAt: time, updatedAt: time };

  it("leaves those of the read before in state, without another request", async () => {
    const stack = await stackWith(behavior);
    expect(await requestsOf(emulator, () => stack.up(FIRST))).toEqual(["GET", "PUT"]);
    expect(stack.outputs).toMatchObject(TIMES);
  });

  it("is followed by a GET if the write created the organization", async () => {
    const stack = await stackWith(behavior);
    emulator.remove("accounts", ACCOUNT);
    const creation = () => stack.up({ ...FIRST, authDomain: TEAM_DOMAIN });
    expect(await requestsOf(emulator, creation)).toEqual(["GET", "POST", "GET"]);
    expect(stack.outputs).toMatchObject(TIMES);
  });
});

describe("A response to a GET with an older version", () => {
  /** Deploys the first program with a number of retries. */
  async function deployed(retries: number): Promise<OneResourceStack> {
    const config = { ...RETRIES, "zerotrust:retries": String(retries) };
    const stack = await stackWith({}, "sparse", config);
    await stack.up(FIRST);
    return stack;
  }

  /** Makes the next two GETs return the organization as it was before. */
  function serveStale(): void {
    const result = { ...LIVE, updated_at: "2020-01-01T00:00:00Z" };
    const body = { success: true, errors: [], messages: [], result };
    emulator.fault({ method: "GET", times: 2, status: 200, body });
  }

  it("than the last write of this process is repeated", async () => {
    const stack = await deployed(3);
    serveStale();
    expect(await stack.refresh()).toBe("clean");
    serveStale();
    await stack.up(SECOND);
    expect(live()).toMatchObject(AFTER_SECOND);
  });

  it("than another process recorded in state is repeated", async () => {
    const stack = await deployed(1);
    if (stack.state !== undefined) stack.state.outputs.updatedAt = "2999-01-01T00:00:00Z";
    expect(await requestsOf(emulator, () => stack.refresh())).toEqual(["GET", "GET"]);
    expect(logs.warnings.join("\n")).toContain("older version");
  });

  it("in each attempt is accepted by a refresh with a warning, and fails an update without a write", async () => {
    const stack = await deployed(1);
    serveStale();
    const update = async () =>
      expect(await messageOf(stack.up(SECOND))).toBe(
        `Cannot update the Zero Trust organization of account ${ACCOUNT}: Cloudflare still returns it as it was before its last change. Nothing was written. Run again in a moment.`,
      );
    expect(await requestsOf(emulator, update)).toEqual(["GET", "GET"]);
    serveStale();
    expect(await stack.refresh()).toBe("drifted");
    expect(logs.warnings.join("\n")).toContain("older version");
  });

  it("may show drift, which the next deployment removes without a write", async () => {
    const stack = await stackWith({ staleReadsAfterWrite: { gets: 1 } });
    await stack.up(FIRST);
    await stack.refresh();
    await stack.up(FIRST);
    expect(await stack.refresh()).toBe("clean");
    expect(await stack.up(FIRST)).toBe("same");
    expect(live()).toMatchObject({
      ...LIVE,
      name: FIRST.name,
      session_duration: "12h",
      login_design: { header_text: "Ho", footer_text: "Bye" },
    });
    expect(writes()).toBe(1);
  });
});

describe("A rejected update changes nothing, and the program before it deploys without a change", () => {
  it.each<[string, BehaviorOptions, Record<string, unknown>, string]>([
    [
      "null for a duration",
      { nullRejectedFor: ["session_duration"] },
      { sessionDuration: "" },
      "session_duration",
    ],
    [
      "settings that contradict a live one",
      {},
      { mfaConfig: { allowedAuthenticators: [] } },
      "mfa_required_for_all_apps: requires mfa_config.allowed_authenticators",
    ],
    [
      "former field names, although responses contain them",
      { mfaNames: "old_in_responses" },
      { sessionDuration: "1h" },
      "invalid_org_config",
    ],
  ])("if the API rejects %s", async (_, behavior, change, reason) => {
    const stack = await stackWith(behavior);
    const program = { accountId: ACCOUNT, name: LIVE.name };
    await stack.up(program);
    const before = live();
    await expect(stack.up({ ...program, ...change })).rejects.toThrow(reason);
    expect(live()).toEqual(before);
    expect(await stack.refresh()).toBe("clean");
    expect(await stack.up(program)).toBe("same");
  });
});
