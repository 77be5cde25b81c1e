import { startEmulator, type Emulator, type LoggedRequest } from "../../emulator/index.js";
import { CLIENT_ID, OTHER_SERVICE_TOKEN, SERVICE_TOKEN, ZONE } from "../ids.js";
import { accountId, organizationPath } from "./accounts.js";
import { changesIn, diagnosticsOf } from "./diagnostics.js";
import { createProject, succeeded, type Project } from "./project.js";
import { resource } from "./source.js";

jest.setTimeout(240_000);

const ADOPTED = accountId(1);
const HALF_MANAGED = accountId(2);
const FRESH = accountId(3);
const TOKEN_ONLY = accountId(5);

const doh = (name: string, args: object, options?: string) =>
  resource("DohSettings", name, args, options);

/** The requests about an account's DoH settings: verbs, with the bodies that were sent. */
function requestsTo({ requests }: Emulator, account: string): unknown[] {
  return requests
    .filter(({ path }) => path === `${organizationPath(account)}/doh`)
    .map(({ method, body }: LoggedRequest) => (body === undefined ? method : [method, body]));
}

describe("DoH settings", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.seedDoh(ADOPTED, { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "24h" });
    emulator.seedDoh(HALF_MANAGED, { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "24h" });
    for (const account of [FRESH, TOKEN_ONLY]) emulator.seed("accounts", account);
    for (const account of [ADOPTED, FRESH, TOKEN_ONLY])
      emulator.addServiceToken(account, { id: SERVICE_TOKEN, client_id: CLIENT_ID, name: "CI" });
    project = await createProject(emulator);
    await project.program(
      doh("adopted", {
        accountId: ADOPTED,
        serviceTokenId: SERVICE_TOKEN,
        dohJwtDuration: "1440m",
      }),
      doh("halfManaged", { accountId: HALF_MANAGED, dohJwtDuration: "48h" }),
      doh("fresh", { accountId: FRESH, serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "12h" }),
    );
  });
  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  it("are adopted: only what differs is written, together with what is not stated", async () => {
    await succeeded(project.up());

    // Nothing differs, since the answer's `id` is the service token's.
    expect(requestsTo(emulator, ADOPTED)).toEqual(["GET"]);
    expect(requestsTo(emulator, HALF_MANAGED)).toEqual([
      "GET",
      ["PUT", { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "48h" }],
    ]);
    expect(requestsTo(emulator, FRESH)).toEqual([
      "GET",
      ["PUT", { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "12h" }],
    ]);
  });

  it("stand in state as stated, with what belongs to the service token", async () => {
    const { adopted, halfManaged } = await project.state();

    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string;
    expect(adopted).toMatchObject({
      id: `accounts/${ADOPTED}`,
      outputs: {
        accountId: ADOPTED,
        serviceTokenId: SERVICE_TOKEN,
        dohJwtDuration: "1440m",
        clientId: CLIENT_ID,
        name: "CI",
        duration: "8760h",
        enabled: true,
        createdAt: time,
        updatedAt: time,
        expiresAt: time,
      },
    });
    expect(Object.keys(halfManaged?.inputs ?? {})).toEqual([
      "__provider",
      "accountId",
      "dohJwtDuration",
    ]);
  });

  it("applied again change nothing, however the answer spells a duration", async () => {
    emulator.clearRequests();
    emulator.behavior.durationsRewritten = true;

    await succeeded(project.up("--expect-no-changes"));
    expect(emulator.requests).toHaveLength(0);
    await succeeded(project.drift());
    expect(requestsTo(emulator, ADOPTED)).toEqual(["GET"]);
    emulator.behavior.durationsRewritten = false;
  });

  it("show drift of what is stated by name and exit 7, and overlook the rest", async () => {
    emulator.editDoh(ADOPTED, { service_token_id: OTHER_SERVICE_TOKEN });
    emulator.editDoh(HALF_MANAGED, { service_token_id: OTHER_SERVICE_TOKEN });
    emulator.editDoh(FRESH, { doh_jwt_duration: null });

    const { exitCode, output } = await project.drift();

    expect(exitCode).toBe(7);
    expect(changesIn(output).sort()).toEqual([
      `- dohJwtDuration: "12h"`,
      `~ serviceTokenId: "${SERVICE_TOKEN}" => "${OTHER_SERVICE_TOKEN}"`,
    ]);
  });

  it("are healed by one PUT that keeps what someone else set besides", async () => {
    emulator.clearRequests();

    await succeeded(project.up("--refresh", "--run-program"));

    expect(requestsTo(emulator, ADOPTED)).toEqual([
      "GET",
      "GET",
      ["PUT", { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "24h" }],
    ]);
    expect(requestsTo(emulator, HALF_MANAGED)).toEqual(["GET"]);
    expect(emulator.doh(HALF_MANAGED)).toEqual({
      service_token_id: OTHER_SERVICE_TOKEN,
      doh_jwt_duration: "48h",
    });
  });

  it("are cleared by stating them empty, and keep what the program no longer states", async () => {
    emulator.personality = "explicit"; // answers the default duration where none is set
    await project.program(
      doh("adopted", { accountId: ADOPTED, serviceTokenId: "" }),
      doh("halfManaged", { accountId: HALF_MANAGED }),
      doh("fresh", { accountId: FRESH, serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "" }),
      doh("tokenOnly", { accountId: TOKEN_ONLY, serviceTokenId: SERVICE_TOKEN }),
    );

    const output = await succeeded(project.up());

    expect(emulator.doh(ADOPTED)).toEqual({ doh_jwt_duration: "24h" });
    expect(emulator.doh(HALF_MANAGED)).toEqual({
      service_token_id: OTHER_SERVICE_TOKEN,
      doh_jwt_duration: "48h",
    });
    expect(emulator.doh(FRESH)).toEqual({ service_token_id: SERVICE_TOKEN });
    expect(emulator.doh(TOKEN_ONLY)).toEqual({ service_token_id: SERVICE_TOKEN });
    expect(output).not.toContain("warning:");
    await succeeded(project.up("--expect-no-changes"));
    await succeeded(project.drift());
  });

  it("stay when they are destroyed, and the run says so", async () => {
    emulator.clearRequests();

    const run = await project.destroy();

    expect(run.exitCode).toBe(0);
    expect(emulator.requests).toHaveLength(0);
    expect(emulator.doh(HALF_MANAGED)).toBeDefined();
    expect(run.output).toContain(
      `No API call; the DoH settings of account ${HALF_MANAGED} are unchanged.`,
    );
  });

  const refused = async (args: object) => {
    emulator.clearRequests();
    await project.program(doh("wrong", args));
    const run = await project.preview();
    expect(run.exitCode).not.toBe(0);
    expect(emulator.requests).toHaveLength(0);
    return diagnosticsOf(run);
  };

  it("are refused on a zone, with a client id, and with a duration beyond a year", async () => {
    const args = { zoneId: ZONE, serviceTokenId: CLIENT_ID, dohJwtDuration: "8761h" };
    expect(await refused(args)).toMatchInlineSnapshot(`
      "  pulumi-nodejs:dynamic/zerotrust:DohSettings (wrong):
          error: pulumi-nodejs:dynamic/zerotrust:DohSettings resource 'wrong': property zoneId value {699d98642c564d2e855e9661899b7252} has a problem: is not an input: DoH settings belong to an account
          error: pulumi-nodejs:dynamic/zerotrust:DohSettings resource 'wrong': property serviceTokenId value {88bf3b6d86161464f6509f7219099e57.access.example.com} has a problem: must be the service token's id, not its client id
          error: pulumi-nodejs:dynamic/zerotrust:DohSettings resource 'wrong': property dohJwtDuration value {8761h} has a problem: must be at most 8760h"
    `);
  });

  it("are refused without an account, with an id too long, and with a duration that is none", async () => {
    const args = { serviceTokenId: "x".repeat(37), dohJwtDuration: "a day" };
    expect(await refused(args)).toMatchInlineSnapshot(`
      "  pulumi-nodejs:dynamic/zerotrust:DohSettings (wrong):
          error: pulumi-nodejs:dynamic/zerotrust:DohSettings resource 'wrong': property accountId value {<nil>} has a problem: is missing. Declare it
          error: pulumi-nodejs:dynamic/zerotrust:DohSettings resource 'wrong': property serviceTokenId value {xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx} has a problem: must be the service token's id, at most 36 characters long
          error: pulumi-nodejs:dynamic/zerotrust:DohSettings resource 'wrong': property dohJwtDuration value {a day} has a problem: must be a duration such as "24h" or "1h30m" (units: ns, us, ms, s, m, h), not "a day""
    `);
  });

  it("that name no service token of the account, or have no organization, fail with advice", async () => {
    await project.program(
      doh("noToken", { accountId: ADOPTED, serviceTokenId: "no-such-token" }),
      doh("noOrganization", { accountId: accountId(4), dohJwtDuration: "12h" }),
    );

    const run = await project.up();

    expect(run.exitCode).not.toBe(0);
    const diagnostics = diagnosticsOf(run);
    expect(diagnostics).toContain("access.api.error.service_token_not_found");
    expect(diagnostics).toContain(
      "serviceTokenId must be the id of a service token of this account, not its client id.",
    );
    expect(diagnostics).toContain(`Zero Trust is not enabled for account ${accountId(4)}.`);
    expect(await project.state()).toEqual({});
  });
});
