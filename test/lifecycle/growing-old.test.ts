import { EMULATOR_TOKEN, startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ACCOUNT } from "../ids.js";
import { listen } from "./heard.js";
import { OneResourceStack } from "./stack.js";

/*
 * A PUT replaces the whole object with what a look has shown. What someone else sets between that look
 * and a PUT that leaves late would be lost.
 */

jest.setTimeout(30_000);
const heard = listen();

const LIVE = { session_duration: "1h", login_design: { header_text: "Hi" }, strange: "as it is" };
const ARGS = { accountId: ACCOUNT, sessionDuration: "12h" };
const EDIT = { login_design: { header_text: "Edited" }, deny_unmatched_requests: true };

let emulator: Emulator;
let stack: OneResourceStack;
let ahead = 0;
/** What happens once a PUT, or a look, has met its fault. */
let afterPut: () => void;
let afterLook: () => void;
beforeEach(async () => {
  ahead = 0;
  afterPut = afterLook = () => undefined;
  const now = performance.now.bind(performance);
  jest.spyOn(performance, "now").mockImplementation(() => now() + ahead);
  emulator = await startEmulator({
    onRequest: ({ method }) => {
      if (method === "PUT") afterPut();
      else afterLook();
    },
  });
  emulator.seed("accounts", ACCOUNT, LIVE);
  stack = stackWith({});
});
afterEach(() => emulator.close());

function stackWith(config: Record<string, string>): OneResourceStack {
  const quick = { "zerotrust:minBackoff": "0.001", "zerotrust:maxBackoff": "0.002" };
  return new OneResourceStack(organization, emulator, {
    apiToken: EMULATOR_TOKEN,
    config: { "zerotrust:retries": "10", ...quick, ...config },
  });
}
const sequence = () => emulator.requests.map(({ method, status }) => `${method} ${status ?? "-"}`);
const live = () => emulator.organization("accounts", ACCOUNT);

/** Time that passes; nobody waits for it. */
const wait = (seconds: number) => (ahead += seconds * 1000);
/** So much time passes after the next PUT, in which someone else sets something. */
function editedWhileWaiting(fault: Fault, seconds: number): void {
  emulator.fault({ method: "PUT", ...fault });
  afterPut = () => {
    afterPut = () => undefined;
    emulator.edit("accounts", ACCOUNT, EDIT);
    wait(seconds);
  };
}

describe("a PUT that is repeated late is made from a new look", () => {
  it.each<[string, Fault, string[]]>([
    ["trouble", { status: 503 }, ["GET 200", "PUT 503", "GET 200", "PUT 200"]],
    ["a reset", { reset: "before" }, ["GET 200", "PUT -", "GET 200", "PUT 200"]],
    [
      "a wait for the pace",
      { status: 503, headers: { ratelimit: '"default";r=0;t=1' } },
      ["GET 200", "PUT 503", "GET 200", "PUT 200"],
    ],
    [
      "the rate limit",
      { status: 429, headers: { "retry-after": "1" } },
      ["GET 200", "PUT 429", "GET 200", "PUT 200"],
    ],
  ])("after %s, so that what someone else set meanwhile stays", async (_, fault, calls) => {
    editedWhileWaiting(fault, 11);
    await stack.up(ARGS);
    expect(live()).toMatchObject({ ...LIVE, ...EDIT, session_duration: "12h" });
    expect(sequence()).toEqual(calls);
  });

  it("and is not repeated where the first one arrived, though its answer did not", async () => {
    editedWhileWaiting({ reset: "after" }, 11);
    await stack.up(ARGS);
    expect(sequence()).toEqual(["GET 200", "PUT -", "GET 200"]);
    expect(live()).toMatchObject({ ...LIVE, ...EDIT, session_duration: "12h" });
    expect(stack.outputs.sessionDuration).toBe("12h");
    expect(await stack.refresh()).toBe("clean");
  });

  it("and what such a write disturbed is named all the same", async () => {
    emulator.edit("accounts", ACCOUNT, { trusted_accounts: ["one"] });
    emulator.behavior.putClearsTrustedAccounts = true;
    emulator.fault({ method: "PUT", reset: "after" });
    afterPut = () => wait(11);
    await stack.up(ARGS);
    expect(sequence()).toEqual(["GET 200", "PUT -", "GET 200"]);
    expect(heard.warnings.join("\n")).toMatch(/with this write: trusted_accounts\./);
  });

  it("whereas one that is repeated at once needs none", async () => {
    emulator.fault({ method: "PUT", status: 503 });
    await stack.up(ARGS);
    expect(sequence()).toEqual(["GET 200", "PUT 503", "PUT 200"]);
  });

  it("also where it completes an organization that was just made", async () => {
    emulator.remove("accounts", ACCOUNT);
    editedWhileWaiting({ status: 503 }, 11);
    await stack.up({
      ...ARGS,
      name: "Widget Corp",
      authDomain: "widget.cloudflareaccess.com",
      customPages: { forbidden: "uid" },
    });
    expect(sequence()).toEqual(["GET 403", "POST 201", "PUT 503", "GET 200", "PUT 200"]);
    expect(live()).toMatchObject({ ...EDIT, custom_pages: { forbidden: "uid" } });
  });
});

describe("to look anew starts no count and no time anew", () => {
  it("of repetitions", async () => {
    stack = stackWith({ "zerotrust:retries": "3" });
    emulator.fault({ method: "PUT", status: 503, times: Infinity });
    afterPut = () => wait(11);
    await expect(stack.up(ARGS)).rejects.toThrow(
      "was refused with 503 (tried 4 times; retries is 3)",
    );
    expect(sequence().filter((call) => call === "PUT 503")).toHaveLength(4);
    expect(sequence().filter((call) => call === "GET 200")).toHaveLength(5); // and one after all
  });

  it("of trouble, its own included", async () => {
    emulator.fault({ status: 503, skip: 1, times: Infinity });
    afterPut = () => {
      wait(11);
      afterLook = () => wait(11);
    };
    stack = stackWith({ "zerotrust:maxRetryTime": "20" });
    await expect(stack.up(ARGS)).rejects.toThrow(/GET .*more is beyond maxRetryTime/);
    expect(sequence().filter((call) => call.startsWith("PUT"))).toHaveLength(1);
  });

  it("of the rate limit", async () => {
    stack = stackWith({ "zerotrust:maxRateLimitTime": "1.5" });
    emulator.fault({
      method: "PUT",
      status: 429,
      headers: { "retry-after": "1" },
      times: Infinity,
    });
    afterPut = () => wait(11);
    await expect(stack.up(ARGS)).rejects.toThrow("beyond maxRateLimitTime");
    expect(sequence()).toEqual(["GET 200", "PUT 429", "GET 200", "PUT 429"]);
  });
});

describe("what a failed PUT may have done is not forgotten", () => {
  /** A first PUT takes effect without an answer; what follows is met by a fault. */
  async function failing(fault: Fault, reason: string) {
    emulator.fault({ method: "PUT", reset: "after" });
    emulator.fault({ ...fault });
    await expect(stack.up(ARGS)).rejects.toThrow(reason);
    expect(stack.state?.initErrors).toEqual([expect.stringContaining(reason)]);
  }
  const REFUSAL = {
    status: 400,
    body: { success: false, errors: [{ code: 12130, message: "access.api.error.invalid" }] },
  };

  it("by a refusal of the next", async () => {
    await failing({ method: "PUT", ...REFUSAL }, "was refused with 400");
    expect(stack.outputs.sessionDuration).toBe("12h");
  });

  it("by a look that fails", async () => {
    afterPut = () => wait(11);
    await failing({ method: "GET", skip: 1, ...REFUSAL }, "was refused with 400");
    expect(stack.outputs.sessionDuration).toBe("12h");
  });

  it("by an organization that is gone", async () => {
    afterPut = () => {
      emulator.remove("accounts", ACCOUNT);
      wait(11);
    };
    emulator.fault({ method: "PUT", reset: "after" });
    await expect(stack.up(ARGS)).rejects.toThrow("answers that there is none");
    expect(stack.state?.initErrors).toHaveLength(1);
  });
});

describe("a PUT whose turn always comes too late", () => {
  it("is not sent", async () => {
    emulator.fault({ method: "GET", headers: { ratelimit: '"default";r=0;t=1' }, times: Infinity });
    const impatient = setInterval(() => wait(11), 500);
    try {
      await expect(stack.up(ARGS)).rejects.toThrow("Gave up writing");
    } finally {
      clearInterval(impatient);
    }
    expect(sequence()).toEqual(["GET 200", "GET 200", "GET 200"]);
    expect(stack.state).toBeUndefined();
  });
});
