import { startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { messageOf, rejection } from "../cloudflare/errors.js";
import { ACCOUNT, OTHER_ACCOUNT } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack, RETRIES } from "./stack.js";

/*
 * A PUT replaces the whole object with what a GET returned. If a retry sent the same PUT again, it would
 * undo what someone else changed since that GET. So each retry starts with another GET.
 */

const logs = captureLogs();

const LIVE = { session_duration: "1h", login_design: { header_text: "Hi" }, new_setting: "on" };
const PROGRAM = { accountId: ACCOUNT, sessionDuration: "12h" };
const CREATED = {
  accountId: ACCOUNT,
  name: "Widget Corp",
  authDomain: "widget.cloudflareaccess.com",
};
const NOT_ENABLED = rejection(403, { code: 9999, message: "access.api.error.not_enabled" });
const EDIT = { login_design: { header_text: "Edited" }, deny_unmatched_requests: true };

let emulator: Emulator;
let stack: OneResourceStack;
/** What runs once, after the next request with a method. */
let after: Map<string, () => void>;
beforeEach(async () => {
  after = new Map();
  emulator = await startEmulator({
    newApiFields: ["new_setting"],
    onRequest: ({ method }) => {
      const run = after.get(method);
      after.delete(method);
      run?.();
    },
  });
  emulator.seed("accounts", ACCOUNT, LIVE);
  stack = new OneResourceStack(organization, emulator, { config: RETRIES });
});
afterEach(() => emulator.close());

const requests = () => emulator.requests.map(({ method, status }) => `${method} ${status ?? "-"}`);
const live = () => emulator.organization("accounts", ACCOUNT);

describe("The retry of a write", () => {
  it.each<[string, Fault, string]>([
    ["a 503 response", { status: 503 }, "PUT 503"],
    ["a 429 response", { status: 429, headers: { "retry-after": "0" } }, "PUT 429"],
  ])(
    "starts with a GET after %s, and keeps what someone else changed since",
    async (_, fault, failed) => {
      emulator.fault({ method: "PUT", ...fault });
      after.set("PUT", () => emulator.edit("accounts", ACCOUNT, EDIT));
      await stack.up(PROGRAM);
      expect(live()).toMatchObject({ ...LIVE, ...EDIT, session_duration: "12h" });
      expect(requests()).toEqual(["GET 200", failed, "GET 200", "PUT 200"]);
      expect(logs.warnings).toEqual([]); // the edit is not a side effect of the write
    },
  );

  it("sends no second PUT if the GET shows that the first one took effect", async () => {
    emulator.fault({ method: "PUT", reset: "after" });
    after.set("PUT", () => emulator.edit("accounts", ACCOUNT, EDIT));
    await stack.up(PROGRAM);
    expect(requests()).toEqual(["GET 200", "PUT -", "GET 200"]);
    expect(live()).toMatchObject({ ...LIVE, ...EDIT, session_duration: "12h" });
    expect(stack.outputs.sessionDuration).toBe("12h");
    expect(await stack.refresh()).toBe("clean");
  });

  it("warns about side effects of a PUT that took effect without a response", async () => {
    emulator.edit("accounts", ACCOUNT, { trusted_accounts: ["one"] });
    emulator.behavior.putClearsTrustedAccounts = true;
    emulator.fault({ method: "PUT", reset: "after" });
    await stack.up(PROGRAM);
    expect(requests()).toEqual(["GET 200", "PUT -", "GET 200"]);
    expect(logs.warnings).toEqual([expect.stringMatching(/did not ask for: trusted_accounts\./)]);
  });

  it("logs once which live values it overwrites", async () => {
    emulator.fault({ method: "PUT", status: 503, times: 2 });
    await stack.up({ ...PROGRAM, loginDesign: { headerText: "Ho" } });
    expect(logs.infos).toEqual([
      [
        `Overwrites these live values of the Zero Trust organization of account ${ACCOUNT}:`,
        '  loginDesign.headerText: "Hi" → "Ho"',
        '  sessionDuration: "1h" → "12h"',
      ].join("\n"),
    ]);
  });

  it("treats an organization that someone else created after a failed POST as theirs", async () => {
    await stack.up({ ...CREATED, sessionDuration: "12h" });
    emulator.remove("accounts", ACCOUNT);
    emulator.fault({ method: "POST", status: 502 });
    after.set("POST", () => emulator.seed("accounts", ACCOUNT, { session_duration: "6h" }));
    await stack.up({ ...CREATED, sessionDuration: "12h", denyUnmatchedRequests: true });
    expect(live()).toMatchObject({ session_duration: "6h", deny_unmatched_requests: true });
    expect(logs.warnings).toContainEqual(
      expect.stringContaining('sessionDuration: last deployed "12h", live "6h"'),
    );
  });

  it("completes an organization that a POST without a response created, although a stale GET and a 409 followed", async () => {
    await stack.up({ ...CREATED, customPages: { forbidden: "uid" } });
    emulator.remove("accounts", ACCOUNT);
    emulator.clearRequests();
    emulator.fault({ method: "POST", reset: "after" });
    emulator.fault({ method: "GET", skip: 1, ...NOT_ENABLED });
    await stack.up({ ...CREATED, customPages: { forbidden: "uid" }, denyUnmatchedRequests: true });
    expect(requests().map((request) => request.split(" ")[0])).toEqual([
      ...["GET", "POST", "GET", "POST", "GET", "PUT"],
    ]);
    expect(live()).toMatchObject({ custom_pages: { forbidden: "uid" } });
    expect(logs.warnings).toEqual([]);
  });

  it("recognizes an organization that a POST with additional settings created without a response", async () => {
    emulator.remove("accounts", ACCOUNT);
    emulator.fault({ method: "POST", reset: "after" });
    await stack.up({ ...CREATED, additionalSettings: { new_setting: "on" } });
    expect(requests()).toEqual(["GET 403", "POST -", "GET 200"]);
  });

  it("does not create the organization twice if a stale GET after the POST shows none", async () => {
    emulator.remove("accounts", ACCOUNT);
    emulator.fault({ method: "PUT", status: 503 });
    emulator.fault({ method: "GET", skip: 1, ...NOT_ENABLED });
    await stack.up({ ...CREATED, customPages: { forbidden: "uid" } });
    expect(requests()).toEqual([
      ...["GET 403", "POST 201", "PUT 503", "GET 403", "GET 200", "PUT 200"],
    ]);
  });
});

describe("A write without a response is recorded as a partial failure", () => {
  const REJECTION = rejection(400, { code: 12130, message: "access.api.error.invalid" });
  const lostResponse = () => emulator.fault({ method: "PUT", reset: "after" });

  it("if the retry's GET is rejected", async () => {
    lostResponse();
    emulator.fault({ method: "GET", skip: 1, ...REJECTION });
    await expect(stack.up(PROGRAM)).rejects.toThrow("was rejected with 400");
    expect(stack.state?.initErrors).toEqual([expect.stringContaining("was rejected with 400")]);
    expect(stack.outputs).not.toHaveProperty("sessionDuration");
    expect(live()).toMatchObject({ session_duration: "12h" });
    expect(await stack.up(PROGRAM)).toBe("updated");
    expect(await stack.up(PROGRAM)).toBe("same");
  });

  it("if the organization does not exist any more", async () => {
    after.set("PUT", () => emulator.remove("accounts", ACCOUNT));
    lostResponse();
    await expect(stack.up(PROGRAM)).rejects.toThrow(
      `The Zero Trust organization of account ${ACCOUNT} does not exist`,
    );
    expect(stack.state?.initErrors).toHaveLength(1);
  });

  it("if each later GET is older than the write of another process", async () => {
    await stack.up(PROGRAM);
    if (stack.state !== undefined) stack.state.outputs.updatedAt = "2020-01-01T00:00:00Z";
    emulator.clearRequests();
    lostResponse();
    const result = { ...LIVE, auth_domain: "a.example.com", updated_at: "2019-01-01T00:00:00Z" };
    const body = { success: true, errors: [], messages: [], result };
    emulator.fault({ method: "GET", skip: 1, times: Infinity, status: 200, body });
    const message = await messageOf(stack.up({ ...PROGRAM, sessionDuration: "8h" }));
    expect(message).toMatch(/still returns it as it was before its last change\. Run again/);
    expect(stack.state?.initErrors).toHaveLength(1);
  });

  it("if the organization was created, and then no longer exists", async () => {
    emulator.remove("accounts", ACCOUNT);
    emulator.fault({ method: "PUT", status: 503, times: Infinity });
    after.set("PUT", () => emulator.remove("accounts", ACCOUNT));
    const message = await messageOf(stack.up({ ...CREATED, customPages: { forbidden: "uid" } }));
    expect(message).toMatch(/still returns it as it was before its last change\. Run again/);
  });

  it("if a GET after it says that the organization does not exist", async () => {
    const body = { success: true, errors: [], messages: [], result: null };
    emulator.fault({ method: "PUT", status: 200, body });
    emulator.fault({ method: "GET", skip: 1, ...NOT_ENABLED });
    expect(await messageOf(stack.up(PROGRAM))).toBe(
      `Cloudflare accepted PUT /accounts/${ACCOUNT}/access/organizations, and then responded that the Zero Trust organization does not exist. Run \`pulumi refresh\`.`,
    );
    expect(stack.state?.initErrors).toHaveLength(1);
  });

  it("if the next GET does not show it, which may be stale, and the next PUT is rejected", async () => {
    emulator.fault({ method: "PUT", reset: "before" });
    emulator.fault({ method: "PUT", ...REJECTION });
    await expect(stack.up(PROGRAM)).rejects.toThrow("was rejected with 400");
    expect(stack.state?.initErrors).toHaveLength(1);
    expect(stack.outputs).not.toHaveProperty("sessionDuration");
    expect(await stack.up(PROGRAM)).toBe("updated");
    expect(live()).toMatchObject({ session_duration: "12h" });
  });
});

it("A write whose GET and PUT are not both allowed waits before its GET", async () => {
  emulator.seed("accounts", OTHER_ACCOUNT, LIVE);
  // A hundredth of 1,200 is reserved, so that one more request is allowed.
  emulator.fault({ method: "PUT", headers: { ratelimit: '"default";r=13;t=1' } });
  await stack.up(PROGRAM);
  await stack.up({ ...PROGRAM, accountId: OTHER_ACCOUNT });
  const [, put, get] = emulator.requests.map(({ startedAt }) => startedAt);
  expect(Number(get) - Number(put)).toBeGreaterThan(900);
});
