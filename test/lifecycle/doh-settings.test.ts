import {
  startEmulator,
  type Emulator,
  type Personality,
  type BehaviorOptions,
} from "../../emulator/index.js";
import { dohSettings } from "../../provider/provider.js";
import { ACCOUNT, CLIENT_ID, OTHER_SERVICE_TOKEN, SERVICE_TOKEN } from "../ids.js";
import { callsOf } from "./calls-of.js";
import { listen } from "./heard.js";
import { OneResourceStack } from "./stack.js";

const ARGS = { accountId: ACCOUNT, serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "12h" };
const SET = { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "12h" };

const heard = listen();

let emulator: Emulator;
let stack: OneResourceStack;
async function set(behavior: BehaviorOptions = {}, personality: Personality = "sparse") {
  emulator = await startEmulator({ behavior, personality });
  emulator.seed("accounts", ACCOUNT);
  for (const id of [SERVICE_TOKEN, OTHER_SERVICE_TOKEN])
    emulator.addServiceToken(ACCOUNT, { id, client_id: `${id}.access`, name: "CI" });
  stack = new OneResourceStack(dohSettings, emulator);
}
afterEach(() => emulator.close());
const calls = (operation: () => Promise<unknown>) => callsOf(emulator, operation);

describe.each<Personality>(["sparse", "explicit"])("DoH settings (%s answers)", (personality) => {
  beforeEach(() => set({}, personality));

  it("are set, and settled then", async () => {
    expect(await calls(() => stack.up(ARGS))).toEqual(["GET", "PUT"]);
    expect(emulator.doh(ACCOUNT)).toEqual(SET);
    expect(await calls(() => stack.up({ ...ARGS, dohJwtDuration: "720m" }))).toEqual([]);
    expect(await calls(() => stack.refresh())).toEqual(["GET"]);
    expect(await stack.up(ARGS)).toBe("same");
  });

  it("show what belongs to the service token", async () => {
    await stack.up(ARGS);
    expect(stack.state?.id).toBe(`accounts/${ACCOUNT}`);
    expect(stack.outputs).toMatchObject({
      ...ARGS,
      clientId: `${SERVICE_TOKEN}.access`,
      name: "CI",
      duration: "8760h",
      enabled: true,
      createdAt: expect.any(String) as string,
      updatedAt: expect.any(String) as string,
      expiresAt: expect.any(String) as string,
    });
    expect(stack.inputs).toEqual(ARGS);
  });

  it("keep the half that the program does not state, and send both", async () => {
    emulator.seedDoh(ACCOUNT, SET);
    await stack.up({ accountId: ACCOUNT, dohJwtDuration: "6h" });
    expect(emulator.requests.at(-1)?.body).toEqual({ ...SET, doh_jwt_duration: "6h" });
    await stack.up({ accountId: ACCOUNT, serviceTokenId: OTHER_SERVICE_TOKEN });
    expect(emulator.doh(ACCOUNT)).toEqual({
      service_token_id: OTHER_SERVICE_TOKEN,
      doh_jwt_duration: "6h",
    });
  });

  it("show drift and the way back", async () => {
    await stack.up(ARGS);
    emulator.editDoh(ACCOUNT, { service_token_id: OTHER_SERVICE_TOKEN });
    expect(await stack.refresh()).toBe("drifted");
    expect(stack.inputs.serviceTokenId).toBe(OTHER_SERVICE_TOKEN);
    expect(await calls(() => stack.up(ARGS))).toEqual(["GET", "PUT"]);
    expect(emulator.doh(ACCOUNT)).toEqual(SET);
  });

  it("are cleared by stating them empty", async () => {
    await stack.up(ARGS);
    const empty = { accountId: ACCOUNT, serviceTokenId: "", dohJwtDuration: "12h" };
    expect(await stack.up(empty)).toBe("updated");
    expect(emulator.doh(ACCOUNT)).toEqual({ doh_jwt_duration: "12h" });
    expect(await stack.up(empty)).toBe("same");
    expect(await stack.refresh()).toBe("clean");
  });

  it("are left as they are when they are destroyed, with a line that says so", async () => {
    await stack.up(ARGS);
    expect(await calls(() => stack.destroy())).toEqual([]);
    expect(emulator.doh(ACCOUNT)).toEqual(SET);
    expect(heard.infos).toEqual([
      `The DoH settings of accounts/${ACCOUNT} cannot be deleted through the API: dropped from Pulumi's state only, and nothing changes there.`,
    ]);
  });
});

describe("DoH settings that nobody has set", () => {
  it.each(["null", "empty", "default_duration", "not_found", "not_enabled"] as const)(
    "are empty, not gone (%s)",
    async (dohUnset) => {
      await set({ dohUnset });
      emulator.seedDoh(ACCOUNT, SET);
      await stack.up(ARGS);
      emulator.editDoh(ACCOUNT, { service_token_id: null, doh_jwt_duration: null });
      expect(await stack.refresh()).toBe("drifted");
      expect(stack.inputs.serviceTokenId).toBe("");
      expect(await stack.up(ARGS)).toBe("updated");
      expect(emulator.doh(ACCOUNT)).toEqual(SET);
      expect(await stack.refresh()).toBe("clean");
    },
  );

  it("are never taken for empty where they can't be looked at", async () => {
    await set();
    await stack.up(ARGS);
    const body = { success: false, errors: [{ code: 10000, message: "Authentication error" }] };
    emulator.fault({ status: 403, body, times: Infinity });
    await expect(stack.refresh()).rejects.toThrow("10000: Authentication error");
    expect(stack.inputs).toEqual(ARGS);
  });
});

describe("whatever the answer looks like, DoH settings settle", () => {
  it.each<[string, BehaviorOptions]>([
    ["the token is left out", { dohResponse: "duration_only" }],
    ["the duration is left out", { dohResponse: "token_only" }],
    ["a PUT answers 200", { dohPutStatus: 200 }],
    ["a PUT merges", { dohPutMerges: true }],
    ["durations are rewritten", { durationsRewritten: true }],
  ])("%s", async (_, behavior) => {
    await set(behavior);
    await stack.up(ARGS);
    expect(emulator.doh(ACCOUNT)).toEqual(SET);
    expect(await stack.up(ARGS)).toBe("same");
    expect(await stack.refresh()).toBe("clean");
    expect(await stack.up(ARGS)).toBe("same");
    expect(stack.inputs).toEqual(ARGS);
  });
});

describe("a write that failed is not taken for one that goes unanswered", () => {
  it.each<[string, BehaviorOptions, string, string]>([
    ["the duration is left out", { dohResponse: "token_only" }, "dohJwtDuration", "48h"],
    ["the token is left out", { dohResponse: "duration_only" }, "serviceTokenId", SERVICE_TOKEN],
  ])("%s: it is written again", async (_, behavior, name, value) => {
    await set(behavior);
    emulator.seedDoh(ACCOUNT, { service_token_id: OTHER_SERVICE_TOKEN, doh_jwt_duration: "24h" });
    const args = { accountId: ACCOUNT, [name]: value };
    emulator.fault({ method: "PUT", status: 503 });
    await expect(stack.up(args)).rejects.toThrow("was refused with 503");
    expect(stack.outputs[name]).toBe("");
    await stack.refresh();
    expect(await calls(() => stack.up(args))).toEqual(["GET", "PUT"]);
    expect(Object.values(emulator.doh(ACCOUNT) ?? {})).toContain(value);
    expect(stack.outputs[name]).toBe(value);
    expect(await stack.refresh()).toBe("clean");
    expect(await stack.up(args)).toBe("same");
  });
});

describe.each([
  ["a map", { a: [] }],
  ["a text", "dohJwtDuration"],
  ["numbers", [7, null]],
])("a state whose __unanswered was edited into %s", (_, __unanswered) => {
  beforeEach(() => set({ dohResponse: "token_only" }));

  it("is read as one that says nothing of it", async () => {
    emulator.seedDoh(ACCOUNT, SET);
    const read = await dohSettings.read?.(`accounts/${ACCOUNT}`, { ...ARGS, __unanswered });
    expect(read?.inputs).toEqual({ ...ARGS, dohJwtDuration: "" });
  });
});

describe("a refusal is an error with its reason, and changes nothing", () => {
  it.each<[string, BehaviorOptions, object, string]>([
    ["a token that is not known", {}, { serviceTokenId: "unknown" }, "id of a service token"],
    [
      "a token in place of an active one",
      { dohActiveToken: "protected" },
      { serviceTokenId: OTHER_SERVICE_TOKEN },
      "another active service token",
    ],
    ["clearing the token", { dohNull: "rejected" }, { serviceTokenId: "" }, "null is not accepted"],
    ["a duration beyond the rotation of keys", {}, { dohJwtDuration: "2161h" }, "key rotation"],
  ])("%s", async (_, behavior, change, reason) => {
    await set(behavior);
    await stack.up(ARGS);
    await expect(stack.up({ ...ARGS, ...change })).rejects.toThrow(reason);
    expect(emulator.doh(ACCOUNT)).toEqual(SET);
    expect(await stack.up(ARGS)).toBe("same");
  });

  it("a client id, before any call", async () => {
    await set();
    expect(
      await calls(() =>
        expect(stack.up({ ...ARGS, serviceTokenId: CLIENT_ID })).rejects.toThrow(
          /not its client id/,
        ),
      ),
    ).toEqual([]);
  });

  it("an account without an organization", async () => {
    await set();
    emulator.remove("accounts", ACCOUNT);
    await expect(stack.up(ARGS)).rejects.toThrow("Zero Trust is not enabled");
    expect(stack.state).toBeUndefined();
  });
});
