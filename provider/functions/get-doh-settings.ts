import * as pulumi from "@pulumi/pulumi";
import { formatScope } from "../cloudflare/scope.js";
import type { dohSettings } from "../schema/doh-settings.js";
import type { Json, LiveOf } from "../schema/values.js";
import {
  configOutput,
  contextOf,
  givenConfig,
  type FunctionOptions,
  type GivenConfig,
} from "./options.js";
import { scopeOf } from "./scope.js";

/** The account to ask about. */
export interface GetDohSettingsArgs {
  /** An account: 32 hexadecimal digits. */
  readonly accountId: string;
}

/** The same, for a value that may not be known yet. */
export interface GetDohSettingsOutputArgs {
  accountId: pulumi.Input<string>;
}

/** Everything that the API answers. While no service token is designated, most of it is absent. */
export interface GetDohSettingsResult extends Partial<LiveOf<typeof dohSettings>> {
  readonly accountId: string;
  /** `accounts/<account id>`: what `DohSettings.get` takes. */
  readonly id: string;
  /** What the answer holds besides and no argument can state, under the API's own names. */
  readonly responseOnly?: Readonly<Record<string, Json>>;
}

/**
 * Looks up the DoH settings of an account without managing them. Settings that nobody has set, and
 * those of an account without an organization, are absent from the answer.
 *
 * @throws CloudflareError where they can't be looked at.
 */
export async function getDohSettings(
  args: GetDohSettingsArgs,
  options: FunctionOptions = {},
): Promise<GetDohSettingsResult> {
  return look(args, await givenConfig(options));
}

/** Like `getDohSettings`, for Inputs; the answer is an Output. */
export function getDohSettingsOutput(
  args: GetDohSettingsOutputArgs,
  options: FunctionOptions = {},
): pulumi.Output<GetDohSettingsResult> {
  return pulumi
    .all([pulumi.output(args), configOutput(options)])
    .apply(([known, config]) => look(known, config));
}

async function look(
  { accountId }: GetDohSettingsArgs,
  config: GivenConfig,
): Promise<GetDohSettingsResult> {
  const target = scopeOf("getDohSettings", { accountId });
  const { fetchDohSettings: lookUpDohSettings } = await import("./calls.js");
  const live = await lookUpDohSettings(target, contextOf(config));
  return { id: formatScope(target), accountId, ...live };
}
