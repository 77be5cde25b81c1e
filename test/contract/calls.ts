import type { Emulator } from "../../emulator/index.js";
import { fetchDohSettings, fetchOrganization, revoke } from "../../provider/functions/calls.js";
import type { ScopeKind } from "../../provider/schema/definition.js";
import { ACCOUNT, SERVICE_TOKEN, ZONE } from "../ids.js";
import type { ProviderFixture } from "./provider-fixture.js";
import { SETTINGS, ZONE_SETTINGS } from "./program-inputs.js";
import type { Reference } from "./reference.js";
import { REFERENCE_SETTINGS, REFERENCE_ZONE_SETTINGS } from "./reference-settings.js";

export const TARGETS = {
  accounts: { kind: "accounts", id: ACCOUNT },
  zones: { kind: "zones", id: ZONE },
} as const;

/** The scope in the parameters of the official client. */
export const IDS = { accounts: { account_id: ACCOUNT }, zones: { zone_id: ZONE } } as const;

/** A call that the provider and the official client make. */
export interface Call {
  readonly name: string;
  readonly kind: ScopeKind;
  readonly verb: "GET" | "POST" | "PUT";
  /** Prepares the emulator. Default: an organization with no settings. */
  readonly given?: (emulator: Emulator) => void;
  readonly own: (fixture: ProviderFixture) => Promise<unknown>;
  readonly official: (reference: Reference) => Promise<unknown>;
}

export const EMAIL = "user@example.com";
const USER = "699d98642c564d2e855e9661899b7252";

export const CALLS: readonly Call[] = [
  ...(["accounts", "zones"] as const).map((kind): Call => ({
    name: `get the organization (${kind})`,
    kind,
    verb: "GET",
    own: (fixture) => fetchOrganization(TARGETS[kind], fixture.context()),
    official: (reference) => reference.list(IDS[kind]),
  })),
  {
    name: "create the organization (accounts)",
    kind: "accounts",
    verb: "POST",
    given: () => undefined,
    own: (fixture) => fixture.resource("organization").up({ accountId: ACCOUNT, ...SETTINGS }),
    official: (reference) => {
      // POST does not accept custom pages. The provider sends them in a PUT afterwards.
      const { custom_pages, ...rest } = REFERENCE_SETTINGS;
      expect(custom_pages).toBeDefined();
      return reference.create({ account_id: ACCOUNT, ...rest });
    },
  },
  {
    name: "create the organization (zones)",
    kind: "zones",
    verb: "POST",
    given: () => undefined,
    own: (fixture) => fixture.resource("organization").up({ zoneId: ZONE, ...ZONE_SETTINGS }),
    official: (reference) => reference.create({ zone_id: ZONE, ...REFERENCE_ZONE_SETTINGS }),
  },
  {
    name: "update the organization (accounts)",
    kind: "accounts",
    verb: "PUT",
    own: (fixture) => fixture.resource("organization").up({ accountId: ACCOUNT, ...SETTINGS }),
    official: (reference) => reference.update({ account_id: ACCOUNT, ...REFERENCE_SETTINGS }),
  },
  {
    name: "update the organization (zones)",
    kind: "zones",
    verb: "PUT",
    own: (fixture) => fixture.resource("organization").up({ zoneId: ZONE, ...ZONE_SETTINGS }),
    official: (reference) => reference.update({ zone_id: ZONE, ...REFERENCE_ZONE_SETTINGS }),
  },
  {
    // The official client sends all settings. The provider takes them from the live organization.
    name: "update one setting of many (accounts)",
    kind: "accounts",
    verb: "PUT",
    given: (emulator) => emulator.seed("accounts", ACCOUNT, REFERENCE_SETTINGS),
    own: (fixture) =>
      fixture.resource("organization").up({ accountId: ACCOUNT, name: "Gadget Corp" }),
    official: (reference) =>
      reference.update({ account_id: ACCOUNT, ...REFERENCE_SETTINGS, name: "Gadget Corp" }),
  },
  {
    name: "update one setting of many (zones)",
    kind: "zones",
    verb: "PUT",
    given: (emulator) => emulator.seed("zones", ZONE, REFERENCE_ZONE_SETTINGS),
    own: (fixture) => fixture.resource("organization").up({ zoneId: ZONE, name: "Gadget Corp" }),
    official: (reference) =>
      reference.update({ zone_id: ZONE, ...REFERENCE_ZONE_SETTINGS, name: "Gadget Corp" }),
  },
  {
    name: "get the DoH settings",
    kind: "accounts",
    verb: "GET",
    own: (fixture) => fetchDohSettings(TARGETS.accounts, fixture.context()),
    official: (reference) => reference.doh.get({ account_id: ACCOUNT }),
  },
  {
    name: "update the DoH settings",
    kind: "accounts",
    verb: "PUT",
    own: (fixture) =>
      fixture
        .resource("dohSettings")
        .up({ accountId: ACCOUNT, serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "504h" }),
    official: (reference) =>
      reference.doh.update({
        account_id: ACCOUNT,
        service_token_id: SERVICE_TOKEN,
        doh_jwt_duration: "504h",
      }),
  },
  {
    name: "revoke a user by email (accounts)",
    kind: "accounts",
    verb: "POST",
    own: (fixture) => fixture.resource("userRevocation").up({ accountId: ACCOUNT, email: EMAIL }),
    official: (reference) => reference.revokeUsers({ account_id: ACCOUNT, email: EMAIL }),
  },
  {
    name: "revoke a user with every argument (accounts)",
    kind: "accounts",
    verb: "POST",
    own: (fixture) => {
      const settings = { devices: true, warpSessionReauth: false, userUid: USER };
      return fixture
        .resource("userRevocation")
        .up({ accountId: ACCOUNT, email: EMAIL, ...settings });
    },
    official: async (reference) => {
      const all = {
        email: EMAIL,
        user_uid: USER,
        query_devices: true,
        body_devices: true,
        warp_session_reauth: false,
      };
      // A known bug of the official client: the API does not know body_devices.
      await expect(reference.revokeUsers({ account_id: ACCOUNT, ...all })).rejects.toThrow("12062");
    },
  },
  {
    name: "revoke a user (zones)",
    kind: "zones",
    verb: "POST",
    own: (fixture) => revoke(TARGETS.zones, { email: EMAIL }, fixture.context()),
    official: (reference) => reference.revokeUsers({ zone_id: ZONE, email: EMAIL }),
  },
];
