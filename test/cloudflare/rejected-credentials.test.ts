import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { ACCOUNT, OTHER_ACCOUNT, TEAM_DOMAIN, ZONE } from "../ids.js";
import { rejection, rejectionAfter, rejectionOf } from "./errors.js";

const PATH = `/accounts/${ACCOUNT}/access/organizations`;
const TEAM = { auth_domain: TEAM_DOMAIN, name: "Widget Corp" };
const GET = { method: "GET", path: PATH } as const;

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({
    credentials: [
      { apiToken: EMULATOR_TOKEN },
      { apiToken: "of-another-product", access: "none" },
      { apiToken: "of-another-account", ids: [OTHER_ACCOUNT] },
    ],
  });
  emulator.seed("accounts", ACCOUNT, TEAM);
});
afterEach(() => emulator.close());

describe("The error message of a rejected credential", () => {
  it("names the missing permission, and says that the organization may exist", async () => {
    expect(await rejectionOf(emulator, GET, { apiToken: "of-another-product" }))
      .toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was rejected with 403
        10000: Authentication error
        (ray id <ray>)
      The API token from the environment lacks a permission for account 023e105f4ecef8ad9ca31a8372d0c353. Check the id, and add the permission "Access: Organizations" (Read) or "Access: Organizations, Identity Providers, and Groups" (Read) to the token for it. The organization may exist nevertheless."
    `);
  });

  it("names the account that the API token has no access to", async () => {
    expect(await rejectionOf(emulator, GET, { apiToken: "of-another-account" }))
      .toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was rejected with 403
        9109: Unauthorized to access requested resource
        (ray id <ray>)
      The API token from the environment lacks a permission for account 023e105f4ecef8ad9ca31a8372d0c353. Check the id, and add the permission "Access: Organizations" (Read) or "Access: Organizations, Identity Providers, and Groups" (Read) to the token for it. The organization may exist nevertheless."
    `);
  });

  it("says that zones may require an email and a global API key", async () => {
    emulator.seed("zones", ZONE);
    emulator.behavior.zoneRejectsTokens = true;
    const request = { ...GET, path: `/zones/${ZONE}/access/organizations` };
    expect(await rejectionOf(emulator, request)).toMatchInlineSnapshot(`
      "GET /zones/699d98642c564d2e855e9661899b7252/access/organizations was rejected with 403
        10000: Authentication error
        (ray id <ray>)
      The API token from the environment lacks a permission for zone 699d98642c564d2e855e9661899b7252. Check the id, and add the permission "Access: Organizations" (Read) or "Access: Organizations, Identity Providers, and Groups" (Read) to the token for it. For zones, Cloudflare documents only the email and global API key. The organization may exist nevertheless."
    `);
  });

  it("says that the API token is invalid", async () => {
    expect(await rejectionOf(emulator, GET, { apiToken: "mistyped" })).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was rejected with 403
        9109: Invalid access token
        (ray id <ray>)
      The API token from the environment is invalid, expired or revoked. Create a new token."
    `);
  });

  it("explains how to use a new API token if state may contain the old one", async () => {
    const source = { name: "stack's configuration", apiToken: "mistyped" };
    expect(await rejectionOf(emulator, GET, source)).toContain(
      "The API token from the stack's configuration is invalid, expired or revoked. Create a new token. After a rotation, add --run-program, because refresh and destroy may use the token in the state.",
    );
  });

  it("says that the API token is invalid if Cloudflare does not know it", async () => {
    const unknown = rejection(401, { code: 1000, message: "Invalid API Token" });
    expect(await rejectionAfter(emulator, unknown, GET)).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was rejected with 401
        1000: Invalid API Token
        (ray id <ray>)
      The API token from the environment is invalid, expired or revoked. Create a new token."
    `);
  });

  it("says that Cloudflare cannot parse the API token", async () => {
    const chain = [{ code: 6111, message: "Invalid format for Authorization header" }];
    const garbled = rejection(400, {
      code: 6003,
      message: "Invalid request headers",
      error_chain: chain,
    });
    expect(await rejectionAfter(emulator, garbled, GET)).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was rejected with 400
        6003: Invalid request headers
          6111: Invalid format for Authorization header
        (ray id <ray>)
      Cloudflare cannot parse the API token from the environment. Set it without quotes, "Bearer" or a line break."
    `);
  });
});
