import { startEmulator, type Emulator } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ACCOUNT, TEAM_DOMAIN } from "../ids.js";
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
const errorOf = (operation: Promise<unknown>): Promise<string> =>
  operation.then(
    () => "The operation succeeded.",
    (error: unknown) => (error as Error).message,
  );

describe("The error of a rejected request", () => {
  it("names the live field that the program does not declare, and offers neverSend", async () => {
    const live = { a_new_computed_field: true, another_one: 1, declared_one: 1 };
    const stack = await stackOver(live, ["a_new_computed_field"]);
    const program = { ...PROGRAM, additionalSettings: { declared_one: 2 } };
    expect((await errorOf(stack.up(program))).split("\n").at(-1)).toBe(
      "The program does not declare or change a_new_computed_field: the request repeated the live value. If Cloudflare rejects it, declare it, or leave it out of requests: set CLOUDFLARE_ZERO_TRUST_NEVER_SEND=a_new_computed_field, the stack configuration zerotrust:neverSend, or neverSend of the Provider to what is rejected.",
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
    expect(await errorOf(stack.up(program))).toContain(
      "CLOUDFLARE_ZERO_TRUST_NEVER_SEND=service_token_inactivity.notify,",
    );

    expect(await withNeverSend("service_token_inactivity.notify").up(program)).toBe("created");
    expect(emulator.requests.at(-1)?.body).toMatchObject({
      service_token_inactivity: { ...action, inactivity_threshold_days: 90 },
    });
    expect(logs.warnings.join()).toContain("did not ask for: serviceTokenInactivity.notify.");
  });

  it("does not blame the field name for a sentence that contains the word", async () => {
    const stack = await stackOver({ another_one: 1 });
    const error = { code: 12062, message: "access.api.error.invalid_org_config" };
    const errors = [{ ...error, error_chain: [{ message: "unknown field name" }] }];
    emulator.fault({
      method: "PUT",
      status: 400,
      body: { success: false, errors, messages: [], result: null },
    });
    expect(await errorOf(stack.up({ accountId: ACCOUNT, sessionDuration: "1h" }))).toContain(
      "CLOUDFLARE_ZERO_TRUST_NEVER_SEND=another_one,",
    );
  });
});
