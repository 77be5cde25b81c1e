import { EMULATOR_TOKEN, type Emulator } from "../../emulator/index.js";
import { CLIENT_ID, SERVICE_TOKEN } from "../ids.js";
import { accountId } from "./accounts.js";
import { organization } from "./project.js";
import { SCENARIOS } from "./scenarios/index.js";
import { resource } from "./source.js";

/*
 * The program whose state is recorded for each release, and what is live while it runs. Only ever
 * add to it: the states of earlier releases are held against it too.
 */

export const EVERYTHING = accountId(1);
export const PARTLY = accountId(2);

const [everything] = SCENARIOS.find(({ name }) => name === "everything")?.steps ?? [];

const TIME = "2026-11-22T08:00:00.000Z";

export function seed(emulator: Emulator): void {
  emulator.seed("accounts", EVERYTHING, everything?.live);
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

const ORGANIZATIONS = [
  organization("everything", { accountId: EVERYTHING, ...everything?.args }),
  organization("partly", {
    accountId: PARTLY,
    sessionDuration: "1440m",
    warpAuthSessionDuration: "",
    denyUnmatchedRequests: false,
    loginDesign: { headerText: "Widget Corp" },
    additionalSettings: { setting_of_tomorrow: "on" },
  }),
];

export const PROGRAM = [
  ...ORGANIZATIONS,
  `const own = { provider: new zerotrust.Provider("own", { apiToken: "${EMULATOR_TOKEN}" }) };`,
  resource(
    "DohSettings",
    "doh",
    { accountId: PARTLY, serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "720m" },
    "own",
  ),
  `new zerotrust.UserRevocation("leaver", { accountId: "${PARTLY}", email: pulumi.secret("leaver@example.com"), devices: true, triggers: ["2026-11-22"] }, own);`,
];
