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
import { rejection } from "./errors.js";

const SCOPE = { kind: "accounts", id: ACCOUNT } as const;

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT, { auth_domain: TEAM_DOMAIN });
});
afterEach(() => emulator.clearFaults());
afterAll(() => emulator.close());

const read = (endpoint = organizationEndpoint) =>
  getSettings(new CloudflareClient(connectionTo(emulator)), endpoint, SCOPE);

const NOT_ENABLED = { code: 9999, message: "access.api.error.not_enabled: access is not enabled" };
const NO_PERMISSION = { code: 10000, message: "Authentication error" };
const NOT_FOUND = { code: 9999, message: "access.api.error.not_found" };
const NO_ROUTE = { code: 7000, message: "No route for that URI" };
const NO_SUCH_ID = {
  code: 7003,
  message: "Could not route to /client/v4/accounts/x, perhaps your object identifier is invalid?",
};

describe("The organization does not exist", () => {
  it.each<[string, Fault]>([
    ["if a 403 says that Access is not enabled", rejection(403, NOT_ENABLED)],
    ["if a 404 has a message of Access", rejection(404, NOT_FOUND)],
    ["if a 404 has a code of Access", rejection(404, { code: 12130, message: "not_found" })],
    [
      "if the result has no auth_domain",
      { body: { success: true, result: { is_ui_read_only: false } } },
    ],
    ["if auth_domain is empty", { body: { success: true, result: { auth_domain: "" } } }],
    ["if the result is null", { body: { success: true, result: null } }],
  ])("%s", async (_, fault) => {
    emulator.fault(fault);
    expect(await read()).toBeUndefined();
  });

  it("and its DoH settings are empty if a 403 says that Access is not enabled", async () => {
    emulator.fault(rejection(403, NOT_ENABLED));
    expect(await read(dohEndpoint)).toEqual({});
  });
});

describe("The organization may exist, so that reading it fails,", () => {
  it.each<[string, Fault]>([
    ["if the permission is missing", rejection(403, NO_PERMISSION)],
    [
      "if the permission is missing, whatever other error there is",
      rejection(403, NOT_ENABLED, NO_PERMISSION),
    ],
    ["if the API token is invalid or for another account", rejection(403, { code: 9109 })],
    ["if the API token is unknown", rejection(401, { code: 1000 })],
    [
      "if the code 9999 has another message",
      rejection(403, { code: 9999, message: "access.api.error.internal" }),
    ],
    [
      "if the message not_enabled has another code",
      rejection(403, { code: 10001, message: "not_enabled" }),
    ],
    ["if the route does not exist", rejection(404, NO_ROUTE)],
    ["if the id does not exist", rejection(404, NO_SUCH_ID)],
    ["if neither the route nor the id exists", rejection(404, NO_SUCH_ID, NO_ROUTE)],
    [
      "if the route does not exist, whatever other error there is",
      rejection(404, NOT_FOUND, NO_ROUTE),
    ],
    [
      "if the route does not exist according to an error chain",
      rejection(404, { ...NOT_FOUND, error_chain: [NO_ROUTE] }),
    ],
    ["if a 404 is not from Access", rejection(404, { code: 1003, message: "Not found" })],
    ["if a 404 names a missing permission", rejection(404, NO_PERMISSION)],
    ["if a 404 of the API has no errors", rejection(404)],
    ["if a 404 of the API has no code", rejection(404, "not found")],
    ["if a 404 is an HTML page", { status: 404, body: "<html>Not Found</html>" }],
    ["if a 404 is empty", { status: 404, body: "" }],
    ["if a 404 is JSON of another server", { status: 404, body: { error: "not_enabled" } }],
    ["if a 404 claims success", { status: 404, body: { success: true, result: null } }],
    ["if the status is another one", rejection(400, NOT_ENABLED)],
    ["if a 200 has success: false", rejection(200, { code: 12130, message: "not_found" })],
    ["if the rate limit is exceeded", rejection(429, { code: 971, message: "Rate limited" })],
    ["if Cloudflare fails", rejection(500, NOT_ENABLED)],
    ["if Cloudflare does not respond", { reset: "before" }],
    ["if the response is an HTML page", { body: "<html>Welcome</html>" }],
  ])("%s", async (_, fault) => {
    emulator.fault(fault);
    await expect(read()).rejects.toThrow();
  });

  it.each(["text", [1], 7])("if the result is %j instead of an object", async (result) => {
    for (const endpoint of [organizationEndpoint, dohEndpoint]) {
      emulator.fault({ body: { success: true, result } });
      await expect(read(endpoint)).rejects.toThrow("is not an object.");
    }
  });

  it("if the error is not one of the API", () => {
    expect(isNotFound(new Error(NOT_ENABLED.message))).toBe(false);
    expect(isNotFound({ status: 404 })).toBe(false);
  });
});
