import { startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import { CloudflareClient } from "../../provider/cloudflare/client.js";
import {
  dohEndpoint,
  getSettings,
  organizationEndpoint,
} from "../../provider/cloudflare/endpoints.js";
import { isNotFound } from "../../provider/cloudflare/error.js";
import { ACCOUNT, TEAM_DOMAIN } from "../ids.js";
import { connectionTo } from "./connection-to.js";

const TARGET = { kind: "accounts", id: ACCOUNT } as const;

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT, { auth_domain: TEAM_DOMAIN });
});
afterEach(() => emulator.clearFaults());
afterAll(() => emulator.close());

const look = (endpoint = organizationEndpoint) =>
  getSettings(new CloudflareClient(connectionTo(emulator)), endpoint, TARGET);
const refused = (status: number, ...errors: unknown[]): Fault => ({
  status,
  body: { success: false, result: null, errors },
  times: Infinity,
});

const NOT_ENABLED = { code: 9999, message: "access.api.error.not_enabled: access is not enabled" };
const NO_PERMISSION = { code: 10000, message: "Authentication error" };
const NOT_FOUND = { code: 9999, message: "access.api.error.not_found" };
const NO_ROUTE = { code: 7000, message: "No route for that URI" };
const NO_SUCH_ID = {
  code: 7003,
  message: "Could not route to /client/v4/accounts/x, perhaps your object identifier is invalid?",
};

describe("there is no organization", () => {
  it.each<[string, Fault]>([
    ["where Access is not enabled", refused(403, NOT_ENABLED)],
    ["where a 404 of Access says so", refused(404, NOT_FOUND)],
    ["where a 404 has a code of Access", refused(404, { code: 12130, message: "not_found" })],
    [
      "where the result has no auth_domain",
      { body: { success: true, result: { is_ui_read_only: false } } },
    ],
    ["where the auth_domain is empty", { body: { success: true, result: { auth_domain: "" } } }],
    ["where the result is null", { body: { success: true, result: null } }],
  ])("%s", async (_, fault) => {
    emulator.fault(fault);
    expect(await look()).toBeUndefined();
  });

  it("and then DoH settings are not set: they are empty", async () => {
    emulator.fault(refused(403, NOT_ENABLED));
    expect(await look(dohEndpoint)).toEqual({});
  });
});

describe("it can't be known whether there is an organization", () => {
  it.each<[string, Fault]>([
    ["without permission", refused(403, NO_PERMISSION)],
    ["without permission, whatever is said besides", refused(403, NOT_ENABLED, NO_PERMISSION)],
    [
      "with a token for another account",
      refused(403, { code: 9109, message: "Unauthorized to access requested resource" }),
    ],
    ["with an invalid token", refused(403, { code: 9109, message: "Invalid access token" })],
    ["with an unknown token", refused(401, { code: 1000, message: "Invalid API Token" })],
    [
      "where 9999 stands for something else",
      refused(403, { code: 9999, message: "access.api.error.internal" }),
    ],
    ["where not_enabled comes without 9999", refused(403, { code: 10001, message: "not_enabled" })],
    ["where there is no such route", refused(404, NO_ROUTE)],
    ["where there is no such id", refused(404, NO_SUCH_ID)],
    ["where there is neither", refused(404, NO_SUCH_ID, NO_ROUTE)],
    ["where there is no route, whatever is said besides", refused(404, NOT_FOUND, NO_ROUTE)],
    [
      "where there is no route, as the reason of something",
      refused(404, { ...NOT_FOUND, error_chain: [NO_ROUTE] }),
    ],
    ["where a 404 is not from Access", refused(404, { code: 1003, message: "Not found" })],
    ["where a 404 is a missing permission", refused(404, NO_PERMISSION)],
    ["where a 404 of the API says nothing", refused(404)],
    ["where a 404 of the API has no code", refused(404, "not found")],
    ["where a 404 is a page", { status: 404, body: "<html>Not Found</html>" }],
    ["where a 404 is empty", { status: 404, body: "" }],
    ["where a 404 is JSON of someone else", { status: 404, body: { error: "not_enabled" } }],
    ["where a 404 claims success", { status: 404, body: { success: true, result: null } }],
    ["where the status is another one", refused(400, NOT_ENABLED)],
    ["where a 200 is a failure", refused(200, { code: 12130, message: "not_found" })],
    ["at a rate limit", refused(429, { code: 971, message: "Rate limited" })],
    ["in trouble", refused(500, NOT_ENABLED)],
    ["without an answer", { reset: "before" }],
    ["where the result is no object", { body: { success: true, result: "none" } }],
    ["where the result is a list", { body: { success: true, result: [] } }],
    ["where the answer is a page", { body: "<html>Welcome</html>" }],
  ])("%s", async (_, fault) => {
    emulator.fault(fault);
    await expect(look()).rejects.toThrow();
  });

  it("from an error that is not the API's", () => {
    expect(isNotFound(new Error(NOT_ENABLED.message))).toBe(false);
    expect(isNotFound({ status: 404 })).toBe(false);
  });
});
