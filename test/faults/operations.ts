import type { dynamic } from "@pulumi/pulumi";
import type { Emulator, Settings } from "../../emulator/index.js";
import { dohSettings, organization } from "../../provider/provider.js";
import { OTHER_SERVICE_TOKEN, SERVICE_TOKEN } from "../ids.js";
import type { OneResourceStack, Properties } from "../lifecycle/stack.js";

/** An operation of the engine on one resource, with what is there before it. */
export interface Operation {
  readonly name: string;
  readonly provider: dynamic.ResourceProvider;
  /** What the program states in the end. */
  readonly args: Properties;
  /** What is live before. */
  seed(emulator: Emulator, account: string): void;
  /** What happens before the operation, without a fault. */
  prepare?(stack: OneResourceStack, emulator: Emulator, account: string): Promise<unknown>;
  run(stack: OneResourceStack, args: Properties): Promise<unknown>;
  /** Whether it deploys the arguments, or only looks. */
  readonly deploys: boolean;
  /** Whether there is nothing before. */
  readonly makes: boolean;
}

/** What someone else has set, and no program here states. */
const UNMANAGED: Settings = {
  warp_auth_session_duration: "36h",
  login_design: { background_color: "#112233", footer_text: "Ask the help desk" },
  is_ui_read_only: true,
  ui_read_only_toggle_reason: "managed elsewhere",
  custom_pages: { identity_denied: "699d98642c564d2e855e9661899b7252" },
  mfa_config: { allowed_authenticators: ["totp"], session_duration: "24h" },
  setting_of_tomorrow: { mode: "strict" },
};

const FORMER = { sessionDuration: "24h", loginDesign: { headerText: "Gadget Corp" } };
const STATED = {
  sessionDuration: "12h",
  loginDesign: { headerText: "Widget Corp" },
  denyUnmatchedRequests: true,
};
const WIRE = {
  session_duration: "12h",
  login_design: { ...(UNMANAGED.login_design as Settings), header_text: "Widget Corp" },
  deny_unmatched_requests: true,
};
const DRIFT = { session_duration: "1h" };

const customised = (emulator: Emulator, account: string) =>
  emulator.seed("accounts", account, UNMANAGED);
const deploy = (stack: OneResourceStack, args: Properties) => stack.up(args);
const look = (stack: OneResourceStack) => stack.refresh();

type Described = Omit<Operation, "provider" | "args" | "deploys" | "makes"> & Partial<Operation>;

const ofOrganization: Described[] = [
  { name: "adopting a different one", seed: customised, run: deploy },
  {
    name: "adopting an equal one",
    seed: (emulator, account) => emulator.seed("accounts", account, { ...UNMANAGED, ...WIRE }),
    run: deploy,
  },
  {
    name: "making one",
    args: { ...STATED, name: "Widget Corp" },
    seed: () => undefined,
    makes: true,
    run: deploy,
  },
  {
    name: "making one with what only a PUT takes",
    args: { ...STATED, name: "Widget Corp", customPages: { forbidden: "uid-of-a-page" } },
    seed: () => undefined,
    makes: true,
    run: deploy,
  },
  {
    name: "updating one",
    seed: customised,
    prepare: (stack, _emulator, accountId) => stack.up({ accountId, ...FORMER }),
    run: deploy,
  },
  {
    name: "updating one that someone else has changed",
    seed: customised,
    async prepare(stack, emulator, accountId) {
      await stack.up({ accountId, ...FORMER });
      emulator.edit("accounts", accountId, { ...DRIFT, warp_auth_session_duration: "48h" });
    },
    run: deploy,
  },
  {
    name: "reading one",
    seed: customised,
    async prepare(stack, emulator, accountId) {
      await stack.up({ accountId, ...STATED });
      emulator.edit("accounts", accountId, DRIFT);
    },
    run: look,
    deploys: false,
  },
];

const bothTokens = (emulator: Emulator, account: string) => {
  emulator.seed("accounts", account, UNMANAGED);
  for (const id of [SERVICE_TOKEN, OTHER_SERVICE_TOKEN]) emulator.addServiceToken(account, { id });
};
const configured = (emulator: Emulator, account: string) => {
  bothTokens(emulator, account);
  emulator.seedDoh(account, { service_token_id: OTHER_SERVICE_TOKEN, doh_jwt_duration: "36h" });
};
const TOKEN = { serviceTokenId: SERVICE_TOKEN };

const ofDohSettings: Described[] = [
  { name: "configuring them first", seed: bothTokens, run: deploy },
  { name: "adopting different ones", seed: configured, run: deploy },
  {
    name: "updating them",
    seed: configured,
    prepare: (stack, _emulator, accountId) =>
      stack.up({ accountId, serviceTokenId: OTHER_SERVICE_TOKEN }),
    run: deploy,
  },
  {
    name: "reading them",
    seed: configured,
    async prepare(stack, emulator, accountId) {
      await stack.up({ accountId, ...TOKEN });
      emulator.editDoh(accountId, { service_token_id: OTHER_SERVICE_TOKEN });
    },
    run: look,
    deploys: false,
  },
];

export const OPERATIONS: readonly Operation[] = [
  ...ofOrganization.map((one) => ({
    provider: organization,
    args: STATED,
    deploys: true,
    makes: false,
    ...one,
    name: `an organization: ${one.name}`,
  })),
  ...ofDohSettings.map((one) => ({
    provider: dohSettings,
    args: TOKEN,
    deploys: true,
    makes: false,
    ...one,
    name: `DoH settings: ${one.name}`,
  })),
];
