import { EMULATOR_TOKEN, startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import type { ApiRequest } from "../../provider/cloudflare/client.js";
import { ACCOUNT, OTHER_ACCOUNT, TEAM_DOMAIN, ZONE } from "../ids.js";
import { refusalOf } from "./refusal-of.js";

const PATH = `/accounts/${ACCOUNT}/access/organizations`;
const TEAM = { auth_domain: TEAM_DOMAIN, name: "Widget Corp" };
const GET = { method: "GET", path: PATH } as const;
const PUT = { method: "PUT", path: PATH, body: TEAM } as const;

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({
    credentials: [
      { apiToken: EMULATOR_TOKEN },
      { apiToken: "reader", access: "read" },
      { apiToken: "of-another-product", access: "none" },
      { apiToken: "of-another-account", ids: [OTHER_ACCOUNT] },
    ],
  });
  emulator.seed("accounts", ACCOUNT, TEAM);
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

describe("of the credential is said", () => {
  it("which permission it lacks, and that this is not a missing organization", async () => {
    expect(await refusalOf(emulator, GET, { apiToken: "of-another-product" }))
      .toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 403
        10000: Authentication error
        (ray id <ray>)
      The API token from the environment may not do this on account 023e105f4ecef8ad9ca31a8372d0c353: check the id, and give the token the permission "Access: Organizations, Identity Providers, and Groups" (Read) for it. This does not mean that there is no organization."
    `);
    expect(await refusalOf(emulator, PUT, { apiToken: "reader" })).toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 403
        10000: Authentication error
        (ray id <ray>)
      The API token from the environment may not do this on account 023e105f4ecef8ad9ca31a8372d0c353: check the id, and give the token the permission "Access: Organizations, Identity Providers, and Groups" (Write) for it. This does not mean that there is no organization."
    `);
  });

  it("which account it does not reach", async () => {
    expect(await refusalOf(emulator, GET, { apiToken: "of-another-account" }))
      .toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 403
        9109: Unauthorized to access requested resource
        (ray id <ray>)
      The API token from the environment may not do this on account 023e105f4ecef8ad9ca31a8372d0c353: check the id, and give the token the permission "Access: Organizations, Identity Providers, and Groups" (Read) for it. This does not mean that there is no organization."
    `);
  });

  it("that the zone level is documented for email and key only", async () => {
    emulator.seed("zones", ZONE);
    emulator.behavior.zoneRejectsTokens = true;
    const request = { ...GET, path: `/zones/${ZONE}/access/organizations` };
    expect(await refusalOf(emulator, request)).toMatchInlineSnapshot(`
      "GET /zones/699d98642c564d2e855e9661899b7252/access/organizations was refused with 403
        10000: Authentication error
        (ray id <ray>)
      The API token from the environment may not do this on zone 699d98642c564d2e855e9661899b7252: check the id, and give the token the permission "Access: Organizations, Identity Providers, and Groups" (Read) for it. For zones Cloudflare documents the email and global API key only. This does not mean that there is no organization."
    `);
  });

  it("that the token is wrong", async () => {
    expect(await refusalOf(emulator, GET, { apiToken: "mistyped" })).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 403
        9109: Invalid access token
        (ray id <ray>)
      The API token from the environment is wrong, expired or revoked: make a new one."
    `);
  });

  it("that one that state may hold is used on after a rotation", async () => {
    const source = { name: "stack's configuration", apiToken: "mistyped" };
    expect(await refusalOf(emulator, GET, source)).toContain(
      "The API token from the stack's configuration is wrong, expired or revoked: make a new one. After a rotation, run with --run-program, since refresh and destroy may still use the one in state.",
    );
  });

  it("that the token is unknown", async () => {
    const unknown = { status: 401, body: failure(1000, "Invalid API Token") };
    expect(await answered(unknown)).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 401
        1000: Invalid API Token
        (ray id <ray>)
      The API token from the environment is wrong, expired or revoked: make a new one."
    `);
  });

  it("that it is garbled", async () => {
    const chain = [{ code: 6111, message: "Invalid format for Authorization header" }];
    const garbled = { status: 400, body: failure(6003, "Invalid request headers", chain) };
    expect(await answered(garbled)).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 400
        6003: Invalid request headers
          6111: Invalid format for Authorization header
        (ray id <ray>)
      Cloudflare cannot read the API token from the environment: give it bare, without quotes, "Bearer" or a line break."
    `);
  });

  it("that Cloudflare does not know it", async () => {
    const unknown = { status: 400, body: failure(9106, "Authentication failed (status: 400)") };
    expect(await answered(unknown)).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 400
        9106: Authentication failed (status: 400)
        (ray id <ray>)
      Cloudflare does not know the API token from the environment: check that it is whole, still valid, and given as what it is (an API token is no API key)."
    `);
  });

  it("that a key has no permissions of its own", async () => {
    const pair = { apiKey: "the-global-api-key-of-someone", email: "other@example.com" };
    emulator.fault({ status: 403, body: failure(10000, "Authentication error") });
    const request = { ...GET, path: `/zones/${ZONE}/access/organizations` };
    expect(await refusalOf(emulator, request, pair)).toMatchInlineSnapshot(`
      "GET /zones/699d98642c564d2e855e9661899b7252/access/organizations was refused with 403
        10000: Authentication error
        (ray id <ray>)
      The email and global API key from the environment may not do this on zone 699d98642c564d2e855e9661899b7252: check the id, and that the user they belong to may manage Zero Trust there. This does not mean that there is no organization."
    `);
  });

  it("that email and key do not belong together", async () => {
    const pair = { apiKey: "the-global-api-key-of-someone", email: "other@example.com" };
    expect(await refusalOf(emulator, GET, pair)).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 403
        9103: Unknown X-Auth-Key or X-Auth-Email
        (ray id <ray>)
      The email and global API key from the environment do not belong together."
    `);
  });
});
