import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import type { Definition } from "../../provider/schema/definition.js";
import { dohSettings } from "../../provider/schema/doh-settings.js";
import { organization } from "../../provider/schema/organization.js";
import { userRevocation } from "../../provider/schema/user-revocation.js";
import { SETTINGS, ZONE_SETTINGS } from "../contract/program-inputs.js";
import { OTHER_DOMAIN, SERVICE_TOKEN, ZONE } from "../ids.js";
import { accountId } from "./accounts.js";
import { createProject, succeeded, type Project } from "./project.js";
import { leaksIn } from "./secrets.js";
import { resource } from "./source.js";

jest.setTimeout(240_000);

const ACCOUNT = accountId(1);
const EMAIL = "admin@example.com";
const API_KEY = "global+key/global+key/global+key=000";
const LEAVER = "leaver@example.com";

const OF_ACCOUNT = {
  ...SETTINGS,
  additionalSettings: { brand_new_setting: { hosts: ["b", "a"], level: 3 }, beta: "on" },
};
const OF_ZONE = { ...ZONE_SETTINGS, authDomain: OTHER_DOMAIN };
const DOH_SETTINGS = { serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "36h" };
const REVOCATION = {
  email: LEAVER,
  userUid: "f5c9d1a0-6a0c-4d6f-8f3e-2d1a7c9b4e11",
  devices: true,
  warpSessionReauth: true,
};

const PROGRAM = [
  `const byToken = { provider: new zerotrust.Provider("token", { apiToken: "${EMULATOR_TOKEN}" }) };`,
  (baseUrl: string) =>
    `const byKey = { provider: new zerotrust.Provider("key", ${JSON.stringify({
      apiKey: API_KEY,
      email: EMAIL,
      baseUrl,
      neverSend: ["refused_setting"],
      retries: 3,
      minBackoff: 0.1,
      maxBackoff: 2,
      maxRetryTime: 10,
      maxRateLimitTime: 20,
    })}) };`,
  resource("Organization", "account", { accountId: ACCOUNT, ...OF_ACCOUNT }, "byToken"),
  resource("Organization", "zone", { zoneId: ZONE, ...OF_ZONE }, "byKey"),
  resource("DohSettings", "doh", { accountId: ACCOUNT, ...DOH_SETTINGS }, "byToken"),
  `const leaver = { ...${JSON.stringify(REVOCATION)}, email: pulumi.secret("${LEAVER}") };`,
  `new zerotrust.UserRevocation("revocation", { accountId: "${ACCOUNT}", ...leaver, triggers: ["incident", { ticket: 1 }] }, byToken);`,
  `new zerotrust.UserRevocation("zoneRevocation", { zoneId: "${ZONE}", email: leaver.email, triggers: [1] }, byKey);`,
  // Each lookup waits for its resource.
  `exports.account = zerotrust.getOrganizationOutput({ accountId: account.id.apply(() => "${ACCOUNT}") }, byToken);`,
  `exports.zone = zerotrust.getOrganizationOutput({ zoneId: zone.id.apply(() => "${ZONE}") }, byKey);`,
  `exports.doh = zerotrust.getDohSettingsOutput({ accountId: doh.id.apply(() => "${ACCOUNT}") }, byToken);`,
  `exports.all = { account, zone, doh };`,
];

/** Returns the settings and members of a definition that the inputs do not declare. */
function undeclaredIn(
  { settings }: Definition,
  args: Record<string, unknown>,
  level: "account" | "zone",
): string[] {
  return Object.entries(settings).flatMap(([name, setting]) => {
    if (level === "zone" && !setting.zone) return [];
    const value = args[name];
    if (value === undefined) return [name];
    const members = "members" in setting ? Object.keys(setting.members) : [];
    return members.filter((member) => !Object.hasOwn(value as object, member));
  });
}

describe("A program with every input of every resource", () => {
  let emulator: Emulator;
  let project: Project;
  const writes = () => emulator.requests.filter(({ method }) => method !== "GET");

  beforeAll(async () => {
    emulator = await startEmulator({
      credentials: [{ apiToken: EMULATOR_TOKEN }, { email: EMAIL, apiKey: API_KEY }],
      newApiFields: ["brand_new_setting", "beta"],
      outputOnlyFields: ["refused_setting"],
    });
    emulator.seed("accounts", ACCOUNT);
    emulator.seed("zones", ZONE, { refused_setting: 1 });
    emulator.addServiceToken(ACCOUNT, { id: SERVICE_TOKEN });
    project = await createProject(emulator);
    project.environment.CLOUDFLARE_API_TOKEN = undefined;
    await project.program(
      ...PROGRAM.map((source) => (typeof source === "string" ? source : source(emulator.baseUrl))),
    );
  });

  it("declares every setting of every definition", () => {
    expect(undeclaredIn(organization, OF_ACCOUNT, "account")).toEqual([]);
    expect(undeclaredIn(organization, OF_ZONE, "zone")).toEqual([]);
    expect(undeclaredIn(dohSettings, DOH_SETTINGS, "account")).toEqual([]);
    expect(undeclaredIn(userRevocation, REVOCATION, "account")).toEqual([]);
  });

  it("is deployed with one write for each resource", async () => {
    await succeeded(project.up());
    expect(
      writes()
        .map(({ method, path }) => `${method} ${path.split("/").at(-1) ?? ""}`)
        .sort(),
    ).toEqual([
      "POST revoke_user",
      "POST revoke_user",
      "PUT doh",
      "PUT organizations",
      "PUT organizations",
    ]);
  });

  it("shows neither drift nor a change in a preview with a refresh after that", async () => {
    emulator.clearRequests();
    await succeeded(project.preview("--refresh", "--expect-no-changes"));
    expect(writes()).toHaveLength(0);
  });

  it("gets equal values from the functions", async () => {
    const { account, zone, doh } = await project.outputs();
    expect(account).toMatchObject({
      id: `accounts/${ACCOUNT}`,
      accountId: ACCOUNT,
      ...OF_ACCOUNT,
    });
    expect(zone).toMatchObject({ id: `zones/${ZONE}`, zoneId: ZONE, ...OF_ZONE });
    expect(doh).toMatchObject({ id: `accounts/${ACCOUNT}`, accountId: ACCOUNT, ...DOH_SETTINGS });
  });

  it("is recorded as declared, without a secret in plain text", async () => {
    const { account, zone, doh } = await project.state();
    expect(account).toMatchObject({ inputs: OF_ACCOUNT, outputs: OF_ACCOUNT });
    expect(zone).toMatchObject({ inputs: OF_ZONE, outputs: OF_ZONE });
    expect(doh).toMatchObject({ inputs: DOH_SETTINGS, outputs: DOH_SETTINGS });

    const exported = await project.rawState();
    expect(leaksIn(exported, [EMULATOR_TOKEN, API_KEY, LEAVER])).toEqual([]);
  });
});
