import { fetchDohSettings, fetchOrganization, revoke } from "../../provider/functions/calls.js";
import { PROGRAM_FACTS } from "../../provider/schema/state-contract.js";
import {
  ACCOUNT,
  CLIENT_ID,
  OTHER_ACCOUNT,
  OTHER_SERVICE_TOKEN,
  SERVICE_TOKEN,
  ZONE,
} from "../ids.js";
import { BY_KEY, BY_TOKEN, type ProviderFixture } from "./provider-fixture.js";
import { NEW_AUTHENTICATOR, NEW_SETTING } from "./overlay.js";
import {
  CLEARED_SETTINGS,
  CLEARED_ZONE_SETTINGS,
  MEMBERS,
  OTHER_SETTINGS,
  OTHER_ZONE_SETTINGS,
  SETTINGS,
  ZONE_SETTINGS,
} from "./program-inputs.js";

/** The steps of a scenario. */
export type Steps = (fixture: ProviderFixture) => readonly (() => unknown)[];

const account = { kind: "accounts", id: ACCOUNT } as const;
const zone = { kind: "zones", id: ZONE } as const;
/** What `pulumi preview` adds to the inputs. */
const PREVIEW = { [PROGRAM_FACTS]: { isPreview: true } };

const accountOrganization: Steps = (fixture) => {
  const made = fixture.resource("organization");
  const adopted = fixture.resource("organization");
  return [
    () => made.up({ accountId: ACCOUNT, ...SETTINGS }),
    () => made.refresh(),
    () => made.preview({ accountId: ACCOUNT, ...OTHER_SETTINGS, ...PREVIEW }),
    () => made.up({ accountId: ACCOUNT, ...OTHER_SETTINGS }),
    () => made.up({ accountId: ACCOUNT, ...MEMBERS }),
    () => made.up({ accountId: ACCOUNT, ...CLEARED_SETTINGS }),
    () => fetchOrganization(account, fixture.context()),
    () => fixture.emulator.seed("accounts", OTHER_ACCOUNT, { mfa_configuration_allowed: true }),
    () => adopted.up({ accountId: OTHER_ACCOUNT, mfaConfig: { sessionDuration: "24h" } }),
    () => fixture.get("organization", `accounts/${OTHER_ACCOUNT}`),
  ];
};

const zoneOrganization: Steps = (fixture) => {
  const made = fixture.resource("organization");
  return [
    () => fixture.signIn(BY_KEY),
    () => made.up({ zoneId: ZONE, ...ZONE_SETTINGS }),
    () => made.refresh(),
    () => made.preview({ zoneId: ZONE, ...OTHER_ZONE_SETTINGS, ...PREVIEW }),
    () => made.up({ zoneId: ZONE, ...OTHER_ZONE_SETTINGS }),
    () => made.up({ zoneId: ZONE, ...CLEARED_ZONE_SETTINGS }),
    () => fetchOrganization(zone, fixture.context()),
  ];
};

const dohSettings: Steps = (fixture) => {
  const doh = fixture.resource("dohSettings");
  const accountId = ACCOUNT;
  const program = { accountId, serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "24h" };
  const last_seen_at = "2026-10-31T12:00:00Z";
  return [
    () => fixture.emulator.seed("accounts", ACCOUNT),
    () =>
      fixture.emulator.addServiceToken(ACCOUNT, {
        id: SERVICE_TOKEN,
        client_id: CLIENT_ID,
        last_seen_at,
      }),
    () => fixture.emulator.addServiceToken(ACCOUNT, { id: OTHER_SERVICE_TOKEN }),
    () => fetchDohSettings(account, fixture.context()),
    () => doh.preview({ ...program, ...PREVIEW }),
    () => doh.up(program),
    () => doh.refresh(),
    () => doh.up({ accountId, serviceTokenId: OTHER_SERVICE_TOKEN, dohJwtDuration: "504h" }),
    () => doh.up({ accountId, serviceTokenId: "", dohJwtDuration: "" }),
    () => doh.up({ accountId, dohJwtDuration: "30m" }),
    () => fixture.get("dohSettings", `accounts/${ACCOUNT}`),
  ];
};

const revocations: Steps = (fixture) => {
  const revocation = fixture.resource("userRevocation");
  const ofZone = fixture.resource("userRevocation");
  const email = "user@example.com";
  return [
    () => fixture.emulator.seed("accounts", ACCOUNT),
    () => fixture.emulator.seed("zones", ZONE),
    () =>
      revocation.up({
        accountId: ACCOUNT,
        email,
        userUid: "699d98642c564d2e855e9661899b7252",
        devices: true,
        warpSessionReauth: false,
      }),
    () => revocation.up({ accountId: ACCOUNT, email, devices: false, warpSessionReauth: true }),
    () => revocation.up({ accountId: ACCOUNT, email, triggers: { reason: "left" } }),
    () => revoke(account, { email, devices: true }, fixture.context()),
    () => fixture.signIn(BY_KEY),
    () => ofZone.up({ zoneId: ZONE, email }),
    () => revoke(zone, { email }, fixture.context()),
  ];
};

export const everything: Steps = (fixture) =>
  [accountOrganization, dohSettings, revocations, zoneOrganization].flatMap((lifecycle) => [
    () => fixture.signIn(BY_TOKEN),
    () => fixture.emulator.remove("accounts", ACCOUNT),
    () => fixture.emulator.remove("zones", ZONE),
    ...lifecycle(fixture),
  ]);

/** A field and an enum value that the API has added after this release. */
export const newFields: Steps = (fixture) => {
  const organization = fixture.resource("organization");
  const args = { accountId: ACCOUNT, additionalSettings: { [NEW_SETTING]: "off" } };
  const mfaConfig = { allowedAuthenticators: [NEW_AUTHENTICATOR] };
  return [
    () =>
      fixture.emulator.seed("accounts", ACCOUNT, {
        [NEW_SETTING]: "on",
        mfa_config: { allowed_authenticators: ["totp", NEW_AUTHENTICATOR] },
      }),
    () => organization.up({ accountId: ACCOUNT, name: "Gadget Corp" }),
    () => organization.up(args),
    () => organization.up({ ...args, mfaConfig }),
  ];
};

/** An organization whose responses have the MFA names until mid-2026. */
export const formerNames: Steps = (fixture) => {
  const organization = fixture.resource("organization");
  return [
    () =>
      fixture.emulator.seed("accounts", ACCOUNT, {
        mfa_config: { allowed_authenticators: ["totp", "piv_key"] },
        mfa_piv_key_requirements: { pin_policy: "once", ssh_key_type: ["rsa"] },
      }),
    () => organization.up({ accountId: ACCOUNT, name: "Gadget Corp" }),
    () => organization.up({ accountId: ACCOUNT, mfaPivKeyRequirements: { touchPolicy: "cached" } }),
  ];
};
