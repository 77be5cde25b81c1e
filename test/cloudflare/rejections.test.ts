import { startEmulator, type Emulator } from "../../emulator/index.js";
import type { ApiRequest } from "../../provider/cloudflare/client.js";
import { ACCOUNT, CLIENT_ID, OTHER_ACCOUNT, OTHER_DOMAIN, TEAM_DOMAIN } from "../ids.js";
import { rejection, rejectionAfter, rejectionOf } from "./errors.js";

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

describe("The error message of a rejected organization request", () => {
  it("says that the organization does not exist, and how to create it", async () => {
    emulator.remove("accounts", ACCOUNT);
    expect(await rejectionOf(emulator, GET)).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was rejected with 403
        9999: access.api.error.not_enabled: access is not enabled. Visit the Access dashboard and click the 'Enable Access' button.
        (ray id <ray>)
      Zero Trust is not enabled for account 023e105f4ecef8ad9ca31a8372d0c353. Choose a plan in the dashboard, or declare authDomain and name to create the organization."
    `);
  });

  it("asks for a full host name if authDomain is not one", async () => {
    expect(await rejectionOf(emulator, put({ auth_domain: "team" }))).toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was rejected with 400
        11004: access.api.error.invalid_auth_domain
        (ray id <ray>)
      authDomain must be a full host name, such as "team.cloudflareaccess.com"."
    `);
  });

  it("says that another organization has this authDomain", async () => {
    expect(await rejectionOf(emulator, put({ auth_domain: OTHER_DOMAIN }))).toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was rejected with 400
        11003: access.api.error.auth_domain_not_available
        (ray id <ray>)
      Another organization uses this authDomain. Team names are unique among all Cloudflare customers. Choose another one."
    `);
  });

  it("says that single sign-on to the dashboard prevents a change of authDomain", async () => {
    emulator.behavior.dashboardSso.push(ACCOUNT);
    expect(await rejectionOf(emulator, put({ auth_domain: "new.cloudflareaccess.com" })))
      .toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was rejected with 400
        12106: access.api.error.auth_domain_cannot_be_updated_dash_sso
        (ray id <ray>)
      authDomain cannot change while single sign-on for the Cloudflare dashboard is active. Turn it off first, or keep the current authDomain."
    `);
  });

  it("contains the error chain, which names the rejected settings", async () => {
    expect(await rejectionOf(emulator, put({ session_duration: "", trusted_accounts: [] })))
      .toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was rejected with 400
        12062: access.api.error.invalid_org_config
          session_duration: is not a duration
          trusted_accounts: set by the server, not accepted in a request
        (ray id <ray>)
      Cloudflare rejected the settings. The lines above name the setting."
    `);
  });

  it("says that Cloudflare does not name the rejected setting", async () => {
    const invalid = rejection(400, { code: 12062, message: "access.api.error.invalid_org_config" });
    expect(await rejectionAfter(emulator, invalid, put({}))).toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was rejected with 400
        12062: access.api.error.invalid_org_config
        (ray id <ray>)
      Cloudflare rejected the settings and does not name the setting."
    `);
  });

  it("names the current name of a renamed authenticator", async () => {
    const mfa_config = { allowed_authenticators: ["ssh_piv_key"] };
    expect(await rejectionOf(emulator, put({ mfa_config }))).toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was rejected with 400
        12062: access.api.error.invalid_org_config
          mfa_config.allowed_authenticators.0: invalid mfa authenticator type
        (ray id <ray>)
      Cloudflare does not know a value of mfaConfig.allowedAuthenticators. "ssh_piv_key" is now called "piv_key"."
    `);
  });

  it("contains only the API's errors if they have no hint", async () => {
    const invalid = rejection(400, { code: 12130, message: "access.api.error.invalid_request" });
    expect(await rejectionAfter(emulator, invalid, put({}))).toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was rejected with 400
        12130: access.api.error.invalid_request
        (ray id <ray>)"
    `);
  });
});

describe("The error message of a rejected DoH request", () => {
  it("says which id of a service token the API expects", async () => {
    const body = { service_token_id: CLIENT_ID };
    expect(await rejectionOf(emulator, { method: "PUT", path: `${PATH}/doh`, body }))
      .toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations/doh was rejected with 404
        12002: access.api.error.service_token_not_found
        (ray id <ray>)
      serviceTokenId must be the id of a service token of this account, not its client id."
    `);
  });
});

describe("The error message of any rejected request", () => {
  it("says that the id or route does not exist after error 7003 with another status than 404", async () => {
    const unknown = rejection(
      400,
      {
        code: 7003,
        message:
          "Could not route to /client/v4/accounts/x, perhaps your object identifier is invalid?",
      },
      { code: 7000, message: "No route for that URI" },
    );
    expect(await rejectionAfter(emulator, unknown, GET)).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was rejected with 400
        7003: Could not route to /client/v4/accounts/x, perhaps your object identifier is invalid?
        7000: No route for that URI
        (ray id <ray>)
      The API does not know this route or id. Check account 023e105f4ecef8ad9ca31a8372d0c353 and the base URL."
    `);
  });

  it("says that the id or route does not exist after error 7000", async () => {
    const request = { ...GET, path: `/accounts/${ACCOUNT}/acess/organizations` };
    expect(await rejectionOf(emulator, request)).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/acess/organizations was rejected with 404
        7000: No route for that URI
        (ray id <ray>)
      The API does not know this route or id. Check account 023e105f4ecef8ad9ca31a8372d0c353 and the base URL."
    `);
  });
});
