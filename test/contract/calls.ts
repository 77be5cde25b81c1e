import type { Emulator } from "../../emulator/index.js";
import { fetchDohSettings, fetchOrganization, revoke } from "../../provider/functions/calls.js";
import { ACCOUNT, SERVICE_TOKEN, ZONE } from "../ids.js";
import type { Bench } from "./bench.js";
import { SETTINGS, ZONE_SETTINGS } from "./programs.js";
import type { Reference } from "./reference.js";
import { REFERENCE_SETTINGS, REFERENCE_ZONE_SETTINGS } from "./reference-settings.js";

export type Level = "accounts" | "zones";

export const TARGETS = {
  accounts: { kind: "accounts", id: ACCOUNT },
  zones: { kind: "zones", id: ZONE },
} as const;

/** How the reference is told whose organization it is about. */
export const IDS = { accounts: { account_id: ACCOUNT }, zones: { zone_id: ZONE } } as const;

/** A call that both make. */
export interface Call {
  readonly name: string;
  readonly kind: Level;
  readonly verb: "GET" | "POST" | "PUT";
  /** What is there before; by default an organization with nothing set. */
  readonly given?: (emulator: Emulator) => void;
  readonly ours: (bench: Bench) => Promise<unknown>;
  readonly theirs: (reference: Reference) => Promise<unknown>;
}

export const EMAIL = "user@example.com";
const USER = "699d98642c564d2e855e9661899b7252";

export const CALLS: readonly Call[] = [
  ...(["accounts", "zones"] as const).map((kind): Call => ({
    name: `get the organization (${kind})`,
    kind,
    verb: "GET",
    ours: (bench) => fetchOrganization(TARGETS[kind], bench.context()),
    theirs: (reference) => reference.list(IDS[kind]),
  })),
  {
    name: "create the organization (accounts)",
    kind: "accounts",
    verb: "POST",
    given: () => undefined,
    ours: (bench) => bench.resource("organization").up({ accountId: ACCOUNT, ...SETTINGS }),
    theirs: (reference) => {
      // A POST takes no custom pages: ours sets them by a PUT afterwards.
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
    ours: (bench) => bench.resource("organization").up({ zoneId: ZONE, ...ZONE_SETTINGS }),
    theirs: (reference) => reference.create({ zone_id: ZONE, ...REFERENCE_ZONE_SETTINGS }),
  },
  {
    name: "update the organization (accounts)",
    kind: "accounts",
    verb: "PUT",
    ours: (bench) => bench.resource("organization").up({ accountId: ACCOUNT, ...SETTINGS }),
    theirs: (reference) => reference.update({ account_id: ACCOUNT, ...REFERENCE_SETTINGS }),
  },
  {
    name: "update the organization (zones)",
    kind: "zones",
    verb: "PUT",
    ours: (bench) => bench.resource("organization").up({ zoneId: ZONE, ...ZONE_SETTINGS }),
    theirs: (reference) => reference.update({ zone_id: ZONE, ...REFERENCE_ZONE_SETTINGS }),
  },
  {
    // The reference says in full what ours takes over from the live organization.
    name: "update one setting of many (accounts)",
    kind: "accounts",
    verb: "PUT",
    given: (emulator) => emulator.seed("accounts", ACCOUNT, REFERENCE_SETTINGS),
    ours: (bench) => bench.resource("organization").up({ accountId: ACCOUNT, name: "Gadget Corp" }),
    theirs: (reference) =>
      reference.update({ account_id: ACCOUNT, ...REFERENCE_SETTINGS, name: "Gadget Corp" }),
  },
  {
    name: "update one setting of many (zones)",
    kind: "zones",
    verb: "PUT",
    given: (emulator) => emulator.seed("zones", ZONE, REFERENCE_ZONE_SETTINGS),
    ours: (bench) => bench.resource("organization").up({ zoneId: ZONE, name: "Gadget Corp" }),
    theirs: (reference) =>
      reference.update({ zone_id: ZONE, ...REFERENCE_ZONE_SETTINGS, name: "Gadget Corp" }),
  },
  {
    name: "get the DoH settings",
    kind: "accounts",
    verb: "GET",
    ours: (bench) => fetchDohSettings(TARGETS.accounts, bench.context()),
    theirs: (reference) => reference.doh.get({ account_id: ACCOUNT }),
  },
  {
    name: "update the DoH settings",
    kind: "accounts",
    verb: "PUT",
    ours: (bench) =>
      bench
        .resource("dohSettings")
        .up({ accountId: ACCOUNT, serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "504h" }),
    theirs: (reference) =>
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
    ours: (bench) => bench.resource("userRevocation").up({ accountId: ACCOUNT, email: EMAIL }),
    theirs: (reference) => reference.revokeUsers({ account_id: ACCOUNT, email: EMAIL }),
  },
  {
    name: "revoke a user with every argument (accounts)",
    kind: "accounts",
    verb: "POST",
    ours: (bench) => {
      const settings = { devices: true, warpSessionReauth: false, userUid: USER };
      return bench.resource("userRevocation").up({ accountId: ACCOUNT, email: EMAIL, ...settings });
    },
    theirs: async (reference) => {
      const all = {
        email: EMAIL,
        user_uid: USER,
        query_devices: true,
        body_devices: true,
        warp_session_reauth: false,
      };
      // A known fault of the reference: the API does not know body_devices.
      await expect(reference.revokeUsers({ account_id: ACCOUNT, ...all })).rejects.toThrow("12062");
    },
  },
  {
    name: "revoke a user (zones)",
    kind: "zones",
    verb: "POST",
    ours: (bench) => revoke(TARGETS.zones, { email: EMAIL }, bench.context()),
    theirs: (reference) => reference.revokeUsers({ zone_id: ZONE, email: EMAIL }),
  },
];
