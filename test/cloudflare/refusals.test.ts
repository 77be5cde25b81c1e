import { startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import type { ApiRequest } from "../../provider/cloudflare/client.js";
import { ACCOUNT, CLIENT_ID, OTHER_ACCOUNT, OTHER_DOMAIN, TEAM_DOMAIN } from "../ids.js";
import { refusalOf } from "./refusal-of.js";

const PATH = `/accounts/${ACCOUNT}/access/organizations`;
const TEAM = { auth_domain: TEAM_DOMAIN, name: "Widget Corp" };
const GET = { method: "GET", path: PATH } as const;
const put = (body: object): ApiRequest => ({
  method: "PUT",
  path: PATH,
  body: { ...TEAM, ...body },
});

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT, TEAM);
  emulator.seed("accounts", OTHER_ACCOUNT, { auth_domain: OTHER_DOMAIN });
});
afterEach(() => emulator.close());

/** The refusal of what the emulator does not refuse by itself. */
function answered(fault: Fault, request: ApiRequest = GET): Promise<string> {
  emulator.fault({ ...fault, times: Infinity });
  return refusalOf(emulator, request);
}

const failure = (code: number, message: string, error_chain?: object[]) => ({
  success: false,
  result: null,
  errors: [{ code, message, ...(error_chain && { error_chain }) }],
});

describe("of the organization is said", () => {
  it("that there is none", async () => {
    emulator.remove("accounts", ACCOUNT);
    expect(await refusalOf(emulator, GET)).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 403
        9999: access.api.error.not_enabled: access is not enabled. Visit the Access dashboard and click the 'Enable Access' button.
        (ray id <ray>)
      Zero Trust is not enabled for account 023e105f4ecef8ad9ca31a8372d0c353. Choose a plan in the dashboard, or declare authDomain and name to create the organization."
    `);
  });

  it("that there is one already", async () => {
    expect(await refusalOf(emulator, { ...put({}), method: "POST" })).toMatchInlineSnapshot(`
      "POST /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 409
        12130: access.api.error.conflict: organization already exists
        (ray id <ray>)"
    `);
  });

  it("that its domain is no full host name", async () => {
    expect(await refusalOf(emulator, put({ auth_domain: "team" }))).toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 400
        11004: access.api.error.invalid_auth_domain
        (ray id <ray>)
      authDomain must be a full host name, such as "team.cloudflareaccess.com"."
    `);
  });

  it("that its domain is taken", async () => {
    expect(await refusalOf(emulator, put({ auth_domain: OTHER_DOMAIN }))).toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 400
        11003: access.api.error.auth_domain_not_available
        (ray id <ray>)
      Another organization uses this authDomain. Team names are unique among all Cloudflare customers. Choose another one."
    `);
  });

  it("that its domain is held by the single sign-on of the dashboard", async () => {
    emulator.behavior.dashboardSso.push(ACCOUNT);
    expect(await refusalOf(emulator, put({ auth_domain: "new.cloudflareaccess.com" })))
      .toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 400
        12106: access.api.error.auth_domain_cannot_be_updated_dash_sso
        (ray id <ray>)
      authDomain cannot change while single sign-on for the Cloudflare dashboard is active. Turn it off first, or keep the current authDomain."
    `);
  });

  it("which settings are refused, with the reasons behind it", async () => {
    expect(await refusalOf(emulator, put({ session_duration: "", trusted_accounts: [] })))
      .toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 400
        12062: access.api.error.invalid_org_config
          session_duration: is not a duration
          trusted_accounts: set by the server, not accepted in a request
        (ray id <ray>)
      Cloudflare rejected the settings. The lines above name the setting."
    `);
  });

  it("that Cloudflare gives no reason", async () => {
    const invalid = { status: 400, body: failure(12062, "access.api.error.invalid_org_config") };
    expect(await answered(invalid, put({}))).toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 400
        12062: access.api.error.invalid_org_config
        (ray id <ray>)
      Cloudflare rejected the settings and does not name the setting."
    `);
  });

  it("what a refused authenticator is called today", async () => {
    const mfa_config = { allowed_authenticators: ["ssh_piv_key"] };
    expect(await refusalOf(emulator, put({ mfa_config }))).toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 400
        12062: access.api.error.invalid_org_config
          mfa_config.allowed_authenticators.0: invalid mfa authenticator type
        (ray id <ray>)
      Cloudflare does not know a value of mfaConfig.allowedAuthenticators. "ssh_piv_key" is now called "piv_key"."
    `);
  });

  it("what Cloudflare says where nothing is known besides", async () => {
    const invalid = { status: 400, body: failure(12130, "access.api.error.invalid_request") };
    expect(await answered(invalid, put({}))).toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 400
        12130: access.api.error.invalid_request
        (ray id <ray>)"
    `);
  });
});

describe("of DoH settings is said", () => {
  it("that the service token is not known, and which of its two ids is wanted", async () => {
    const body = { service_token_id: CLIENT_ID };
    expect(await refusalOf(emulator, { method: "PUT", path: `${PATH}/doh`, body }))
      .toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations/doh was refused with 404
        12002: access.api.error.service_token_not_found
        (ray id <ray>)
      serviceTokenId must be the id (a UUID) of a service token of this account, not its client id."
    `);
  });
});

describe("of the API is said", () => {
  it("that there is no such id, also where it is no 404", async () => {
    const text =
      "Could not route to /client/v4/accounts/x, perhaps your object identifier is invalid?";
    const { errors } = failure(7000, "No route for that URI");
    const body = { ...failure(7003, text), errors: [...failure(7003, text).errors, ...errors] };
    expect(await answered({ status: 400, body })).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 400
        7003: Could not route to /client/v4/accounts/x, perhaps your object identifier is invalid?
        7000: No route for that URI
        (ray id <ray>)
      The API does not know this route or id. Check account 023e105f4ecef8ad9ca31a8372d0c353 and the base URL."
    `);
  });

  it("that there is no such route or id", async () => {
    const request = { ...GET, path: `/accounts/${ACCOUNT}/acess/organizations` };
    expect(await refusalOf(emulator, request)).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/acess/organizations was refused with 404
        7000: No route for that URI
        (ray id <ray>)
      The API does not know this route or id. Check account 023e105f4ecef8ad9ca31a8372d0c353 and the base URL."
    `);
  });

  it("how many requests it takes", async () => {
    const limited = {
      status: 429,
      body: failure(971, "Rate limited"),
      headers: { "retry-after": "300" },
    };
    expect(await answered(limited)).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 429
        971: Rate limited
        (ray id <ray>)
      Cloudflare allows 1,200 requests in five minutes for each user or token, and then blocks all requests for five minutes. Run again in 300 s."
    `);
  });

  it("that it has trouble of its own", async () => {
    expect(await answered({ status: 503, body: failure(1101, "Unavailable") }))
      .toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 503
        1101: Unavailable
        (ray id <ray>)
      Cloudflare has an internal problem. Run again later."
    `);
  });

  it("that it refused, also where the status is 200", async () => {
    const refused = { status: 200, body: { success: false, errors: [], result: null } };
    expect(await answered(refused)).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 200
        (ray id <ray>)"
    `);
  });
});
