import { startEmulator, type Emulator } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ACCOUNT, TEAM_DOMAIN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { requestsOf } from "./requests-of.js";
import { OneResourceStack, type Properties } from "./stack.js";

const logs = captureLogs();
const TEAM = { auth_domain: TEAM_DOMAIN, name: "Team" };
/** What the API returns for a policy that was never set. */
const INVALID_DEFAULT = { action: "", enabled: false, inactivity_threshold_days: 0 };

describe("an organization whose API", () => {
  let emulator: Emulator;
  let stack: OneResourceStack;
  beforeEach(async () => {
    emulator = await startEmulator();
    stack = new OneResourceStack(organization, emulator);
  });
  afterEach(() => emulator.close());

  const up = (inputs: Properties) => stack.up({ accountId: ACCOUNT, ...inputs });
  const lastBody = () => emulator.requests.filter(({ method }) => method === "PUT").at(-1)?.body;

  it("returns trusted_accounts and cache_device_posture only for GET reports no side effect (W3)", async () => {
    emulator.seed("accounts", ACCOUNT, {
      ...TEAM,
      trusted_accounts: ["0a1b2c3d4e5f60718293a4b5c6d7e8f9"],
    });
    await up({ sessionDuration: "12h" });
    expect(logs.warnings).toEqual([]);
    expect(stack.outputs.trustedAccounts).toEqual(["0a1b2c3d4e5f60718293a4b5c6d7e8f9"]);
  });

  it("omits the timestamps of written objects keeps those of the read before, without another request (W4)", async () => {
    emulator.behavior.writeResponseOmits = "get_only_fields_and_timestamps";
    emulator.seed("accounts", ACCOUNT, TEAM);
    expect(await requestsOf(emulator, () => up({ sessionDuration: "12h" }))).toEqual([
      "GET",
      "PUT",
    ]);
    expect(stack.outputs).toMatchObject({
      createdAt: expect.any(String) as string,
      updatedAt: expect.any(String) as string,
    });
    expect(await up({ sessionDuration: "12h" })).toBe("same");
    expect(await stack.refresh()).toBe("clean");
  });

  it("omits the timestamps of a created object reads it once more (W4)", async () => {
    emulator.behavior.writeResponseOmits = "get_only_fields_and_timestamps";
    const methods = await requestsOf(emulator, () => up({ authDomain: TEAM_DOMAIN, name: "Team" }));
    expect(methods).toEqual(["GET", "POST", "GET"]);
    expect(stack.outputs.updatedAt).toEqual(expect.any(String));
  });

  it("returns an undeclared object that breaks its own constraints does not get it back (W5)", async () => {
    emulator.seed("accounts", ACCOUNT, { ...TEAM, service_token_inactivity: INVALID_DEFAULT });
    await up({ sessionDuration: "12h" });
    expect(lastBody()).not.toHaveProperty("service_token_inactivity");
  });

  it("returns an object that breaks its own constraints gets valid defaults for {} (W5)", async () => {
    const on = { action: "disable", enabled: true, inactivity_threshold_days: 30 };
    emulator.seed("accounts", ACCOUNT, { ...TEAM, service_token_inactivity: on });
    await up({
      serviceTokenInactivity: { action: "disable", enabled: true, inactivityThresholdDays: 30 },
    });
    emulator.edit("accounts", ACCOUNT, {
      service_token_inactivity: { ...on, action: "", inactivity_threshold_days: 0 },
    });
    await up({ serviceTokenInactivity: {} });
    expect(lastBody()).toMatchObject({
      service_token_inactivity: {
        action: "disable",
        enabled: false,
        inactivity_threshold_days: 90,
      },
    });
  });

  it("rejects an undeclared live value gets it in its own spelling, and the error offers a way out (W6)", async () => {
    emulator.seed("accounts", ACCOUNT, { ...TEAM, user_seat_expiration_inactive_time: "720h" });
    await expect(up({ sessionDuration: "12h" })).rejects.toThrow(
      /user_seat_expiration_inactive_time.*The program does not declare or change user_seat_expiration_inactive_time.*declare it, or leave it out of requests: set CLOUDFLARE_ZERO_TRUST_NEVER_SEND=user_seat_expiration_inactive_time/s,
    );
    expect(lastBody()).toMatchObject({ user_seat_expiration_inactive_time: "720h" });
    expect(stack.state).toBeUndefined();
  });

  it.each(["0m", "0s", undefined])(
    "returns a declared MFA session of 0m as %s shows no drift (I4)",
    async (returned) => {
      emulator.seed("accounts", ACCOUNT, { ...TEAM, mfa_config: { session_duration: "1h" } });
      await up({ mfaConfig: { sessionDuration: "0m" } });
      emulator.edit("accounts", ACCOUNT, {
        mfa_config: returned === undefined ? null : { session_duration: returned },
      });
      expect(await stack.refresh()).toBe("clean");
      expect(await up({ mfaConfig: { sessionDuration: "0m" } })).toBe("same");
    },
  );

  it("returns an object as it was before the last write of this process is read again (E5)", async () => {
    const config = { "zerotrust:retries": "5", "zerotrust:minBackoff": "0.01" };
    stack = new OneResourceStack(organization, emulator, { config });
    emulator.seed("accounts", ACCOUNT, TEAM);
    await up({ sessionDuration: "12h" });
    emulator.fault({
      method: "GET",
      times: 2,
      status: 200,
      body: stale({ session_duration: "24h" }),
    });
    expect(await stack.refresh()).toBe("clean");
    emulator.fault({
      method: "GET",
      times: 2,
      status: 200,
      body: stale({ session_duration: "24h" }),
    });
    await up({ sessionDuration: "8h" });
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject({ session_duration: "8h" });
  });

  it("stays stale is accepted by a refresh with a warning, and fails an update without a write (E5)", async () => {
    const config = { "zerotrust:retries": "1", "zerotrust:minBackoff": "0.01" };
    stack = new OneResourceStack(organization, emulator, { config });
    emulator.seed("accounts", ACCOUNT, TEAM);
    await up({ sessionDuration: "12h" });
    emulator.fault({
      method: "GET",
      times: 2,
      status: 200,
      body: stale({ session_duration: "24h" }),
    });
    const updating = requestsOf(emulator, () =>
      up({ sessionDuration: "8h" }).catch(
        (error: unknown) => void logs.infos.push((error as Error).message),
      ),
    );
    expect(await updating).toEqual(["GET", "GET"]);
    expect(logs.infos.at(-1)).toMatch(
      /Cannot update .* Nothing was written\. Run again in a moment\./s,
    );
    emulator.fault({
      method: "GET",
      times: 2,
      status: 200,
      body: stale({ session_duration: "24h" }),
    });
    expect(await stack.refresh()).toBe("drifted");
    expect(logs.warnings.join("\n")).toContain("older version");
  });

  it("returns an older version than another process recorded in state is read again (E5)", async () => {
    const config = { "zerotrust:retries": "1", "zerotrust:minBackoff": "0.01" };
    stack = new OneResourceStack(organization, emulator, { config });
    emulator.seed("accounts", ACCOUNT, TEAM);
    await up({ sessionDuration: "12h" });
    if (stack.state === undefined) throw new Error("no state");
    stack.state.outputs.updatedAt = "2999-01-01T00:00:00Z";
    expect(await requestsOf(emulator, () => stack.refresh())).toEqual(["GET", "GET"]);
    expect(logs.warnings.join("\n")).toContain("older version");
  });

  it("belongs to a state of another provider is updated once, and then unchanged (I10)", async () => {
    emulator.seed("accounts", ACCOUNT, { ...TEAM, session_duration: "24h" });
    await up({ sessionDuration: "24h" });
    if (stack.state === undefined) throw new Error("no state");
    const foreign = { ...stack.state.outputs, __provider: "exports.handler = () => ({})" };
    stack.state = { ...stack.state, outputs: foreign };
    expect(await up({ sessionDuration: "24h" })).toBe("updated");
    expect(await up({ sessionDuration: "24h" })).toBe("same");
  });

  it("knows members that this release does not know gets declared ones unchanged, with one warning (I1)", async () => {
    const written = { ...TEAM, mfa_config: { session_duration: "2h", new_member: [1] } };
    emulator.seed("accounts", ACCOUNT, TEAM);
    emulator.fault({
      method: "PUT",
      status: 200,
      body: { success: true, result: written, errors: [], messages: [] },
    });
    await up({ mfaConfig: { sessionDuration: "2h", new_member: [1] } });
    expect(lastBody()).toMatchObject({ mfa_config: { session_duration: "2h", new_member: [1] } });
    expect(logs.warnings).toEqual([
      "mfaConfig.new_member is not known to this release. It is sent unchanged.",
    ]);
    emulator.seed("accounts", ACCOUNT, written);
    expect(await stack.refresh()).toBe("clean");
    emulator.edit("accounts", ACCOUNT, { mfa_config: { session_duration: "2h", new_member: [2] } });
    expect(await stack.refresh()).toBe("drifted");
  });
});

function stale(organizationOf: Properties) {
  return {
    success: true,
    errors: [],
    messages: [],
    result: { ...TEAM, ...organizationOf, updated_at: "2020-01-01T00:00:00Z" },
  };
}
