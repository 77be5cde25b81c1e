import { fetchDohSettings, fetchOrganization, revoke } from "../../provider/functions/calls.js";
import {
  ACCOUNT,
  CLIENT_ID,
  OTHER_ACCOUNT,
  OTHER_SERVICE_TOKEN,
  SERVICE_TOKEN,
  ZONE,
} from "../ids.js";
import { BY_KEY, BY_TOKEN, type Bench } from "./bench.js";
import { NEW_AUTHENTICATOR, NEW_SETTING } from "./overlay.js";
import {
  CLEARED_SETTINGS,
  CLEARED_ZONE_SETTINGS,
  MEMBERS,
  OTHER_SETTINGS,
  OTHER_ZONE_SETTINGS,
  SETTINGS,
  ZONE_SETTINGS,
} from "./programs.js";

/** Something that the provider does, step by step. */
export type Steps = (bench: Bench) => readonly (() => unknown)[];

const account = { kind: "accounts", id: ACCOUNT } as const;
const zone = { kind: "zones", id: ZONE } as const;

export const accountOrganization: Steps = (bench) => {
  const made = bench.resource("organization");
  const adopted = bench.resource("organization");
  return [
    () => made.up({ accountId: ACCOUNT, ...SETTINGS }),
    () => made.refresh(),
    () => made.preview({ accountId: ACCOUNT, ...OTHER_SETTINGS }),
    () => made.up({ accountId: ACCOUNT, ...OTHER_SETTINGS }),
    () => made.up({ accountId: ACCOUNT, ...MEMBERS }),
    () => made.up({ accountId: ACCOUNT, ...CLEARED_SETTINGS }),
    () => fetchOrganization(account, bench.context()),
    () => bench.emulator.seed("accounts", OTHER_ACCOUNT, { mfa_configuration_allowed: true }),
    () => adopted.up({ accountId: OTHER_ACCOUNT, mfaConfig: { sessionDuration: "24h" } }),
    () => adopted.get(`accounts/${OTHER_ACCOUNT}`),
  ];
};

export const zoneOrganization: Steps = (bench) => {
  const made = bench.resource("organization");
  return [
    () => bench.signIn(BY_KEY),
    () => made.up({ zoneId: ZONE, ...ZONE_SETTINGS }),
    () => made.refresh(),
    () => made.preview({ zoneId: ZONE, ...OTHER_ZONE_SETTINGS }),
    () => made.up({ zoneId: ZONE, ...OTHER_ZONE_SETTINGS }),
    () => made.up({ zoneId: ZONE, ...CLEARED_ZONE_SETTINGS }),
    () => fetchOrganization(zone, bench.context()),
  ];
};

export const dohSettings: Steps = (bench) => {
  const doh = bench.resource("dohSettings");
  const accountId = ACCOUNT;
  const last_seen_at = "2026-10-31T12:00:00Z";
  return [
    () => bench.emulator.seed("accounts", ACCOUNT),
    () =>
      bench.emulator.addServiceToken(ACCOUNT, {
        id: SERVICE_TOKEN,
        client_id: CLIENT_ID,
        last_seen_at,
      }),
    () => bench.emulator.addServiceToken(ACCOUNT, { id: OTHER_SERVICE_TOKEN }),
    () => fetchDohSettings(account, bench.context()),
    () => doh.preview({ accountId, serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "24h" }),
    () => doh.up({ accountId, serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "24h" }),
    () => doh.refresh(),
    () => doh.up({ accountId, serviceTokenId: OTHER_SERVICE_TOKEN, dohJwtDuration: "504h" }),
    () => doh.up({ accountId, serviceTokenId: "", dohJwtDuration: "" }),
    () => doh.up({ accountId, dohJwtDuration: "30m" }),
    () => doh.get(`accounts/${ACCOUNT}`),
  ];
};

export const revocations: Steps = (bench) => {
  const revocation = bench.resource("userRevocation");
  const ofZone = bench.resource("userRevocation");
  const email = "user@example.com";
  return [
    () => bench.emulator.seed("accounts", ACCOUNT),
    () => bench.emulator.seed("zones", ZONE),
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
    () => revoke(account, { email, devices: true }, bench.context()),
    () => bench.signIn(BY_KEY),
    () => ofZone.up({ zoneId: ZONE, email }),
    () => revoke(zone, { email }, bench.context()),
  ];
};

export const everything: Steps = (bench) =>
  [accountOrganization, dohSettings, revocations, zoneOrganization].flatMap((life) => [
    () => bench.signIn(BY_TOKEN),
    () => bench.emulator.remove("accounts", ACCOUNT),
    () => bench.emulator.remove("zones", ZONE),
    ...life(bench),
  ]);

/** A setting and a value that came to the API after this release. */
export const newcomers: Steps = (bench) => {
  const organization = bench.resource("organization");
  const args = { accountId: ACCOUNT, additionalSettings: { [NEW_SETTING]: "off" } };
  const mfaConfig = { allowedAuthenticators: [NEW_AUTHENTICATOR] };
  return [
    () =>
      bench.emulator.seed("accounts", ACCOUNT, {
        [NEW_SETTING]: "on",
        mfa_config: { allowed_authenticators: ["totp", NEW_AUTHENTICATOR] },
      }),
    () => organization.up({ accountId: ACCOUNT, name: "Gadget Corp" }),
    () => organization.up(args),
    () => organization.up({ ...args, mfaConfig }),
  ];
};

/** An organization that still answers by the names that MFA had until mid-2026. */
export const formerNames: Steps = (bench) => {
  const organization = bench.resource("organization");
  return [
    () =>
      bench.emulator.seed("accounts", ACCOUNT, {
        mfa_config: { allowed_authenticators: ["totp", "piv_key"] },
        mfa_piv_key_requirements: { pin_policy: "once", ssh_key_type: ["rsa"] },
      }),
    () => organization.up({ accountId: ACCOUNT, name: "Gadget Corp" }),
    () => organization.up({ accountId: ACCOUNT, mfaPivKeyRequirements: { touchPolicy: "cached" } }),
  ];
};
