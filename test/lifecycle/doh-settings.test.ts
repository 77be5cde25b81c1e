import {
  startEmulator,
  type Emulator,
  type Personality,
  type BehaviorOptions,
} from "../../emulator/index.js";
import { dohSettings } from "../../provider/provider.js";
import { ACCOUNT, OTHER_SERVICE_TOKEN, SERVICE_TOKEN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { requestsOf } from "./requests-of.js";
import { OneResourceStack } from "./stack.js";

const PROGRAM = { accountId: ACCOUNT, serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "12h" };
const SET = { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "12h" };

const logs = captureLogs();

let emulator: Emulator;
let stack: OneResourceStack;
async function start(behavior: BehaviorOptions = {}, personality: Personality = "sparse") {
  emulator = await startEmulator({ behavior, personality });
  emulator.seed("accounts", ACCOUNT);
  for (const id of [SERVICE_TOKEN, OTHER_SERVICE_TOKEN])
    emulator.addServiceToken(ACCOUNT, { id, client_id: `${id}.access`, name: "CI" });
  stack = new OneResourceStack(dohSettings, emulator);
}
afterEach(() => emulator.close());
const requests = (operation: () => Promise<unknown>) => requestsOf(emulator, operation);

describe.each<Personality>(["typical", "sparse", "explicit"])(
  "DoH settings with %s responses",
  (personality) => {
    beforeEach(() => start({}, personality));

    it("are written once, with the fields of the service token as outputs, and then unchanged", async () => {
      expect(await requests(() => stack.up(PROGRAM))).toEqual(["GET", "PUT"]);
      expect(emulator.doh(ACCOUNT)).toEqual(SET);
      expect(stack.state?.id).toBe(`accounts/${ACCOUNT}`);
      const time = expect.any(String) as string;
      expect(stack.outputs).toEqual({
        ...PROGRAM,
        clientId: `${SERVICE_TOKEN}.access`,
        name: "CI",
        duration: "8760h",
        enabled: true,
        createdAt: time,
        updatedAt: time,
        expiresAt: time,
      });
      expect(await requests(() => stack.up({ ...PROGRAM, dohJwtDuration: "720m" }))).toEqual([]);
      expect(await requests(() => stack.refresh())).toEqual(["GET"]);
      expect(await stack.up(PROGRAM)).toBe("same");
    });

    it.each([
      ["serviceTokenId", { doh_jwt_duration: "12h" }],
      ["dohJwtDuration", { service_token_id: SERVICE_TOKEN }],
    ])("are cleared by an empty %s", async (name, left) => {
      await stack.up(PROGRAM);
      const empty = { ...PROGRAM, [name]: "" };
      expect(await stack.up(empty)).toBe("updated");
      expect(emulator.doh(ACCOUNT)).toEqual(left);
      expect(await stack.up(empty)).toBe("same");
      expect(await stack.refresh()).toBe("clean");
    });

    it("stay unchanged in a destroy, with one line that says so", async () => {
      await stack.up(PROGRAM);
      expect(await requests(() => stack.destroy())).toEqual([]);
      expect(emulator.doh(ACCOUNT)).toEqual(SET);
      expect(logs.infos).toEqual([
        `No API call; the DoH settings of account ${ACCOUNT} are unchanged.`,
      ]);
    });
  },
);

describe("DoH settings that are not set", () => {
  const responses = ["null", "empty", "default_duration", "not_found", "not_enabled"] as const;
  describe.each<Personality>(["sparse", "explicit"])("with %s responses", (personality) => {
    it.each(responses)(
      "count as empty, and not as an object that does not exist (%s)",
      async (dohUnset) => {
        await start({ dohUnset }, personality);
        expect(await requests(() => stack.up(PROGRAM))).toEqual(["GET", "PUT"]);
        expect(emulator.doh(ACCOUNT)).toEqual(SET);
        emulator.editDoh(ACCOUNT, { service_token_id: null, doh_jwt_duration: null });
        expect(await stack.refresh()).toBe("drifted");
        expect(stack.inputs).toEqual({
          accountId: ACCOUNT,
          serviceTokenId: "",
          dohJwtDuration: dohUnset === "default_duration" ? "24h" : "",
        });
        expect(await requests(() => stack.up(PROGRAM))).toEqual(["GET", "PUT"]);
        expect(emulator.doh(ACCOUNT)).toEqual(SET);
        expect(await stack.refresh()).toBe("clean");
      },
    );
  });
});

describe("DoH settings are deployed once and show no drift", () => {
  it.each<[string, BehaviorOptions]>([
    ["PUT responds with 200", { dohPutStatus: 200 }],
    ["PUT merges", { dohPutMerges: true }],
    ["the API rewrites durations", { durationsRewritten: true }],
  ])("if %s", async (_, behavior) => {
    await start(behavior);
    await stack.up(PROGRAM);
    expect(emulator.doh(ACCOUNT)).toEqual(SET);
    expect(await stack.up(PROGRAM)).toBe("same");
    expect(await stack.refresh()).toBe("clean");
    expect(await stack.up(PROGRAM)).toBe("same");
    expect(stack.inputs).toEqual(PROGRAM);
  });
});

describe("Drift of DoH settings of which responses lack one", () => {
  it.each([
    ["duration_only", "sparse", true],
    ["duration_only", "explicit", true],
    ["token_only", "sparse", false],
    ["token_only", "explicit", false],
  ] as const)(
    "is shown for the setting in the response only, and remediated with both (%s, %s responses)",
    async (dohResponse, personality, isShown) => {
      await start({ dohResponse }, personality);
      expect(await requests(() => stack.up(PROGRAM))).toEqual(["GET", "PUT"]);
      expect(emulator.doh(ACCOUNT)).toEqual(SET);
      expect(logs.warnings).toEqual([]); // nothing follows from a missing part
      emulator.editDoh(ACCOUNT, { doh_jwt_duration: "36h" });
      expect(await stack.refresh()).toBe(isShown ? "drifted" : "clean");
      expect(stack.inputs).toEqual({ ...PROGRAM, dohJwtDuration: isShown ? "36h" : "12h" });
      expect(await stack.up(PROGRAM)).toBe(isShown ? "updated" : "same");
      if (isShown) expect(emulator.doh(ACCOUNT)).toEqual(SET);
    },
  );
});

describe("An update after someone removed the service token, of which responses had the id,", () => {
  const shorter = { ...PROGRAM, dohJwtDuration: "6h" };
  beforeEach(async () => {
    await start();
    await stack.up(PROGRAM);
    emulator.editDoh(ACCOUNT, { service_token_id: null });
  });

  it("writes the changed setting only, and warns once that the token drifted", async () => {
    await stack.up(shorter);
    expect(emulator.doh(ACCOUNT)).toEqual({ doh_jwt_duration: "6h" });
    expect(logs.warnings).toEqual([
      expect.stringContaining(`  serviceTokenId: last deployed "${SERVICE_TOKEN}", live not set.`),
    ]);
    expect(stack.state?.outputs).not.toHaveProperty("__unanswered");
    expect(await stack.refresh()).toBe("drifted");
    await stack.up(shorter);
    expect(emulator.doh(ACCOUNT)).toEqual({ ...SET, doh_jwt_duration: "6h" });
  });

  it("neither writes the token nor warns if ignoreChanges names it", async () => {
    await stack.up({ ...shorter, __program: { ignoreChanges: ["serviceTokenId"] } });
    expect(emulator.doh(ACCOUNT)).toEqual({ doh_jwt_duration: "6h" });
    expect(logs.warnings).toEqual([]);
  });
});

it("A service token that responses lack is cleared by an empty serviceTokenId", async () => {
  await start({ dohResponse: "duration_only" });
  await stack.up(PROGRAM);
  await stack.up({ ...PROGRAM, serviceTokenId: "" });
  expect(emulator.doh(ACCOUNT)).toEqual({ doh_jwt_duration: "12h" });
  expect(await stack.up({ ...PROGRAM, serviceTokenId: "" })).toBe("same");
  expect(await stack.refresh()).toBe("clean");
});

it("A setting that an update repeats is not a side effect if the response to the write shows it", async () => {
  await start({ dohResponse: "duration_only" });
  await stack.up(PROGRAM);
  const result = { id: SERVICE_TOKEN, doh_jwt_duration: "6h" };
  const body = { success: true, errors: [], messages: [], result };
  emulator.fault({ method: "PUT", status: 200, body, takesEffect: true });
  await stack.up({ ...PROGRAM, dohJwtDuration: "6h" });
  expect(emulator.requests.at(-1)?.body).toMatchObject({ service_token_id: SERVICE_TOKEN });
  expect(logs.warnings).toEqual([]);
});

describe("A failed write of a setting that responses lack", () => {
  it.each([
    ["dohJwtDuration", "token_only", "48h"],
    ["serviceTokenId", "duration_only", SERVICE_TOKEN],
  ] as const)("is repeated by the next update (%s)", async (name, dohResponse, value) => {
    await start({ dohResponse });
    emulator.seedDoh(ACCOUNT, { service_token_id: OTHER_SERVICE_TOKEN, doh_jwt_duration: "24h" });
    const program = { accountId: ACCOUNT, [name]: value };
    emulator.fault({ method: "PUT", status: 503 });
    await expect(stack.up(program)).rejects.toThrow("was rejected with 503");
    expect(stack.outputs).not.toHaveProperty(name);
    await stack.refresh();
    expect(await requests(() => stack.up(program))).toEqual(["GET", "PUT"]);
    expect(Object.values(emulator.doh(ACCOUNT) ?? {})).toContain(value);
    expect(stack.outputs[name]).toBe(value);
    expect(await stack.refresh()).toBe("clean");
    expect(await stack.up(program)).toBe("same");
  });
});

describe("A failed write, if responses lack dohJwtDuration,", () => {
  beforeEach(() => start({ dohResponse: "token_only" }));

  const failUpdate = (program: object) => {
    emulator.fault({ method: "PUT", status: 503 });
    return expect(stack.up({ ...PROGRAM, ...program })).rejects.toThrow("503");
  };

  it("keeps its last deployed value in state if another setting was written", async () => {
    await stack.up(PROGRAM);
    await failUpdate({ serviceTokenId: OTHER_SERVICE_TOKEN });
    expect(stack.state?.outputs.__unanswered).toEqual(["dohJwtDuration"]);
    await stack.refresh();
    expect(stack.outputs.dohJwtDuration).toBe("12h");
  });

  it("removes it from state if it was written", async () => {
    await stack.up(PROGRAM);
    await failUpdate({ dohJwtDuration: "48h" });
    expect(stack.outputs).not.toHaveProperty("dohJwtDuration");
    expect(stack.state?.outputs).not.toHaveProperty("__unanswered");
  });

  it("does not list it in the state of a creation", async () => {
    await failUpdate({});
    expect(stack.state?.outputs).not.toHaveProperty("__unanswered");
  });
});

it("A write of DoH settings whose response has no result is followed by a GET", async () => {
  await start();
  const body = { success: true, errors: [], messages: [], result: null };
  emulator.fault({ method: "PUT", status: 200, body, takesEffect: true });
  expect(await requests(() => stack.up(PROGRAM))).toEqual(["GET", "PUT", "GET"]);
  expect(logs.warnings).toEqual([]);
  expect(stack.outputs).toMatchObject({ ...PROGRAM, clientId: `${SERVICE_TOKEN}.access` });
});

it.each([
  ["an object", { a: [] }],
  ["a string", "dohJwtDuration"],
  ["a list without strings", [7, null]],
])("State in which someone changed __unanswered to %s is read without it", async (_, changed) => {
  await start({ dohResponse: "token_only" });
  emulator.seedDoh(ACCOUNT, SET);
  const state = { ...PROGRAM, __unanswered: changed };
  const read = await dohSettings.read?.(`accounts/${ACCOUNT}`, state);
  expect(read?.inputs).toEqual({ ...PROGRAM, dohJwtDuration: "" });
});

describe("A rejected write of DoH settings is an error with its reason and changes nothing", () => {
  beforeEach(() => start());

  it("if the service token does not exist", async () => {
    await stack.up(PROGRAM);
    const unknown = { ...PROGRAM, serviceTokenId: "unknown" };
    await expect(stack.up(unknown)).rejects.toThrow("service_token_not_found");
    expect(emulator.doh(ACCOUNT)).toEqual(SET);
    expect(await stack.up(PROGRAM)).toBe("same");
  });

  it("if the account has no organization", async () => {
    emulator.remove("accounts", ACCOUNT);
    await expect(stack.up(PROGRAM)).rejects.toThrow("Zero Trust is not enabled");
    expect(stack.state).toBeUndefined();
  });
});
