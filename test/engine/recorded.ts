import { EMULATOR_TOKEN, type Emulator, type Settings } from "../../emulator/index.js";
import { CLIENT_ID, SERVICE_TOKEN } from "../ids.js";
import { accountId } from "./accounts.js";
import { organization } from "./project.js";
import { resource } from "./source.js";

/*
 * The program whose state is recorded for each release, and the live settings at that time. Only add to it,
 * because the tests of earlier releases' states use it, too.
 */

const EVERYTHING = accountId(1);
export const PARTLY = accountId(2);

/** Every setting of an organization: as the program of a release declared it, and as the API returned it. */
export interface Everything {
  readonly args: object;
  readonly live: Settings;
}

const TIME = "2026-11-22T08:00:00.000Z";

export function seed(emulator: Emulator, { live }: Everything): void {
  emulator.seed("accounts", EVERYTHING, live);
  emulator.seed("accounts", PARTLY, {
    session_duration: "24h",
    login_design: { header_text: "Widget Corp", footer_text: "Need help?" },
    setting_of_tomorrow: "on",
  });
  emulator.addServiceToken(PARTLY, {
    id: SERVICE_TOKEN,
    client_id: CLIENT_ID,
    created_at: TIME,
    updated_at: TIME,
    expires_at: TIME,
  });
  emulator.seedDoh(PARTLY, { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "12h" });
}

export const program = ({ args }: Everything) => [
  organization("everything", { ...args, accountId: EVERYTHING }),
  organization("partly", {
    accountId: PARTLY,
    sessionDuration: "1440m",
    warpAuthSessionDuration: "",
    denyUnmatchedRequests: false,
    loginDesign: { headerText: "Widget Corp" },
    additionalSettings: { setting_of_tomorrow: "on" },
  }),
  `const own = { provider: new zerotrust.Provider("own", { apiToken: "${EMULATOR_TOKEN}" }) };`,
  resource(
    "DohSettings",
    "doh",
    { accountId: PARTLY, serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "720m" },
    "own",
  ),
  `new zerotrust.UserRevocation("leaver", { accountId: "${PARTLY}", email: pulumi.secret("leaver@example.com"), devices: true, triggers: ["2026-11-22"] }, own);`,
];
