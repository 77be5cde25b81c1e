import { startEmulator, type Emulator } from "../../emulator/index.js";
import { dohSettings, organization } from "../../provider/provider.js";
import { messageOf, rejection } from "../cloudflare/errors.js";
import { ACCOUNT, SERVICE_TOKEN, TEAM_DOMAIN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack, type Properties } from "./stack.js";

const PROGRAM = { accountId: ACCOUNT, name: "Widget Corp", authDomain: TEAM_DOMAIN };
const logs = captureLogs();

let emulator: Emulator;
afterEach(() => emulator.close());

async function stackOver(live: object, outputOnlyFields: string[] = []): Promise<OneResourceStack> {
  emulator = await startEmulator({ outputOnlyFields });
  emulator.seed("accounts", ACCOUNT, { auth_domain: TEAM_DOMAIN, name: "Widget Corp", ...live });
  return new OneResourceStack(organization, emulator);
}
const withNeverSend = (names: string) =>
  new OneResourceStack(organization, emulator, { config: { "zerotrust:neverSend": names } });

function rejectNextPut(reason: string): void {
  const error = { code: 12062, message: "access.api.error.invalid_org_config" };
  const chain = [{ message: reason }];
  emulator.fault({ method: "PUT", ...rejection(400, { ...error, error_chain: chain }) });
}

describe("The error of a rejected request", () => {
  it("names the live field that the program does not declare, and offers neverSend", async () => {
    const live = { a_new_computed_field: true, another_one: 1, declared_one: 1 };
    const stack = await stackOver(live, ["a_new_computed_field"]);
    const program = { ...PROGRAM, additionalSettings: { declared_one: 2 } };
    expect((await messageOf(stack.up(program))).split("\n").at(-1)).toBe(
      "The program does not declare or change a_new_computed_field: the request repeated the live value. If Cloudflare rejects it, declare it, or leave it out of requests: set CLOUDFLARE_ZERO_TRUST_NEVER_SEND=a_new_computed_field, or use zerotrust:neverSend of the stack configuration or neverSend of the Provider. Cloudflare may reset a field that a request leaves out.",
    );
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject(live);

    expect(await withNeverSend("a_new_computed_field").up(program)).toBe("created");
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject({ ...live, declared_one: 2 });
  });

  it("names a live member that this release does not know", async () => {
    const action = { action: "disable", enabled: true, inactivity_threshold_days: 30 };
    const stack = await stackOver({ service_token_inactivity: { ...action, notify: "ops" } });
    const program: Properties = {
      ...PROGRAM,
      serviceTokenInactivity: { action: "disable", enabled: true, inactivityThresholdDays: 90 },
    };
    expect(await messageOf(stack.up(program))).toContain(
      "CLOUDFLARE_ZERO_TRUST_NEVER_SEND=service_token_inactivity.notify,",
    );

    expect(await withNeverSend("service_token_inactivity.notify").up(program)).toBe("created");
    expect(emulator.requests.at(-1)?.body).toMatchObject({
      service_token_inactivity: { ...action, inactivity_threshold_days: 90 },
    });
    expect(logs.warnings.join()).toContain("did not ask for: serviceTokenInactivity.notify.");
  });

  it("names all live fields that may be the cause, and says to leave out only the rejected ones", async () => {
    const stack = await stackOver({ one_field: 1, other_field: 2 }, ["one_field", "other_field"]);
    expect((await messageOf(stack.up({ ...PROGRAM, isUiReadOnly: true }))).split("\n").at(-1)).toBe(
      "The program does not declare or change one_field, other_field: the request repeated the live values. If Cloudflare rejects any of them, declare it, or leave it out of requests: set CLOUDFLARE_ZERO_TRUST_NEVER_SEND=one_field,other_field (only the rejected names), or use zerotrust:neverSend of the stack configuration or neverSend of the Provider. Cloudflare may reset a field that a request leaves out.",
    );
  });

  it("names the field and the member of an object if both have the name in the API's text", async () => {
    const stack = await stackOver({
      session_duration: "24h",
      mfa_config: { session_duration: "12h", allowed_authenticators: ["totp"] },
    });
    rejectNextPut("session_duration: invalid value");
    expect(await messageOf(stack.up({ ...PROGRAM, isUiReadOnly: true }))).toContain(
      "does not declare or change session_duration, mfa_config.session_duration: ",
    );
  });

  it("does not blame the field name for a sentence that contains the word", async () => {
    const stack = await stackOver({ another_one: 1 });
    rejectNextPut("unknown field name");
    expect(await messageOf(stack.up({ accountId: ACCOUNT, sessionDuration: "1h" }))).toContain(
      "CLOUDFLARE_ZERO_TRUST_NEVER_SEND=another_one,",
    );
  });

  it("does not advise to leave out the service token, which has another name in responses", async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", ACCOUNT);
    emulator.addServiceToken(ACCOUNT, { id: SERVICE_TOKEN });
    emulator.seedDoh(ACCOUNT, { service_token_id: SERVICE_TOKEN });
    rejectNextPut("invalid value");
    const stack = new OneResourceStack(dohSettings, emulator);
    const message = await messageOf(stack.up({ accountId: ACCOUNT, dohJwtDuration: "12h" }));
    expect(message).toContain("was rejected with 400");
    expect(message).not.toContain("service_token_id");
  });
});
