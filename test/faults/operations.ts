import type { dynamic } from "@pulumi/pulumi";
import type { Emulator, Settings } from "../../emulator/index.js";
import { dohSettings, organization } from "../../provider/provider.js";
import { OTHER_SERVICE_TOKEN, SERVICE_TOKEN } from "../ids.js";
import type { OneResourceStack, Properties } from "../lifecycle/stack.js";

/** A deployment or a refresh of one resource, and the state and the live object before it. */
export interface Operation {
  readonly name: string;
  readonly provider: dynamic.ResourceProvider;
  /** What the program declares. */
  readonly program: Properties;
  /** Creates the live object that exists before. */
  seed(emulator: Emulator, account: string): void;
  /** Runs before the operation, without a fault. */
  prepare?(stack: OneResourceStack, emulator: Emulator, account: string): Promise<unknown>;
  /** Whether the operation only reads, instead of deploying the program. */
  readonly reads?: true;
  /** Whether the live object does not exist before. */
  readonly creates?: true;
  /** Live values of managed settings that drifted. The preview does not list them, so they must stay. */
  readonly drift?: Settings;
}

/** Live settings that no program here declares. */
const UNMANAGED: Settings = {
  warp_auth_session_duration: "36h",
  login_design: { background_color: "#112233", footer_text: "Ask the help desk" },
  is_ui_read_only: true,
  ui_read_only_toggle_reason: "managed elsewhere",
  custom_pages: { identity_denied: "699d98642c564d2e855e9661899b7252" },
  mfa_config: { allowed_authenticators: ["totp"], session_duration: "24h" },
  a_new_setting: { mode: "strict" },
};

const LAST_DEPLOYED = { sessionDuration: "24h", loginDesign: { headerText: "Gadget Corp" } };
const DECLARED = {
  sessionDuration: "12h",
  loginDesign: { headerText: "Widget Corp" },
  denyUnmatchedRequests: true,
};
/** The live settings that are equivalent to the declared ones. */
const EQUIVALENT = {
  session_duration: "12h",
  login_design: { ...(UNMANAGED.login_design as Settings), header_text: "Widget Corp" },
  deny_unmatched_requests: true,
};
const DRIFT = { session_duration: "1h" };

const seedUnmanaged = (emulator: Emulator, account: string) =>
  emulator.seed("accounts", account, UNMANAGED);

/** An operation on a resource that declares the usual settings, unless it names others. */
type Described = Omit<Operation, "provider" | "program"> & Partial<Operation>;

const ofOrganization: Described[] = [
  { name: "adopting a different one", seed: seedUnmanaged },
  {
    name: "adopting an equivalent one",
    seed: (emulator, account) =>
      emulator.seed("accounts", account, { ...UNMANAGED, ...EQUIVALENT }),
  },
  {
    name: "creating one",
    program: { ...DECLARED, name: "Widget Corp" },
    seed: () => undefined,
    creates: true,
  },
  {
    name: "creating one with settings that only PUT accepts",
    program: { ...DECLARED, name: "Widget Corp", customPages: { forbidden: "uid-of-a-page" } },
    seed: () => undefined,
    creates: true,
  },
  {
    name: "updating one",
    seed: seedUnmanaged,
    prepare: (stack, _emulator, accountId) => stack.up({ accountId, ...LAST_DEPLOYED }),
  },
  {
    name: "updating a setting that drifted",
    seed: seedUnmanaged,
    async prepare(stack, emulator, accountId) {
      await stack.up({ accountId, ...LAST_DEPLOYED });
      emulator.edit("accounts", accountId, { ...DRIFT, warp_auth_session_duration: "48h" });
    },
  },
  {
    name: "updating one while another managed setting drifted",
    program: { ...DECLARED, sessionDuration: LAST_DEPLOYED.sessionDuration },
    seed: seedUnmanaged,
    async prepare(stack, emulator, accountId) {
      await stack.up({ accountId, ...LAST_DEPLOYED });
      emulator.edit("accounts", accountId, DRIFT);
    },
    drift: DRIFT,
  },
  {
    name: "reading one",
    seed: seedUnmanaged,
    async prepare(stack, emulator, accountId) {
      await stack.up({ accountId, ...DECLARED });
      emulator.edit("accounts", accountId, DRIFT);
    },
    reads: true,
  },
];

const seedTokens = (emulator: Emulator, account: string) => {
  seedUnmanaged(emulator, account);
  for (const id of [SERVICE_TOKEN, OTHER_SERVICE_TOKEN]) emulator.addServiceToken(account, { id });
};
const seedDoh = (emulator: Emulator, account: string) => {
  seedTokens(emulator, account);
  emulator.seedDoh(account, { service_token_id: OTHER_SERVICE_TOKEN, doh_jwt_duration: "36h" });
};
const TOKEN = { serviceTokenId: SERVICE_TOKEN };

const ofDohSettings: Described[] = [
  { name: "setting them for the first time", seed: seedTokens },
  { name: "adopting different ones", seed: seedDoh },
  {
    name: "updating them",
    seed: seedDoh,
    prepare: (stack, _emulator, accountId) =>
      stack.up({ accountId, serviceTokenId: OTHER_SERVICE_TOKEN }),
  },
  {
    name: "reading them",
    seed: seedDoh,
    async prepare(stack, emulator, accountId) {
      await stack.up({ accountId, ...TOKEN });
      emulator.editDoh(accountId, { service_token_id: OTHER_SERVICE_TOKEN });
    },
    reads: true,
  },
];

export const OPERATIONS: readonly Operation[] = [
  ...ofOrganization.map((one) => ({
    provider: organization,
    program: DECLARED,
    ...one,
    name: `An organization: ${one.name}`,
  })),
  ...ofDohSettings.map((one) => ({
    provider: dohSettings,
    program: TOKEN,
    ...one,
    name: `DoH settings: ${one.name}`,
  })),
];
