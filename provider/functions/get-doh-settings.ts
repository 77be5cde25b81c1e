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

/** The account of DoH settings. */
export interface GetDohSettingsArgs {
  /** The account id: 32 hexadecimal digits, as the dashboard shows it. Required. */
  readonly accountId: string;
}

/** The account of DoH settings, also as an Output. */
export interface GetDohSettingsOutputArgs {
  /** The account id: 32 hexadecimal digits, as the dashboard shows it. */
  accountId: pulumi.Input<string>;
}

/** Everything that the API returns. Most of it is absent while no service token is designated. */
export interface GetDohSettingsResult extends Partial<LiveOf<typeof dohSettings>> {
  /** The account id. */
  readonly accountId: string;
  /** `accounts/<account id>`: the id that `DohSettings.get` takes. */
  readonly id: string;
  /** Fields that the API returns and does not accept, by API name. */
  readonly responseOnly?: Readonly<Record<string, Json>>;
}

/**
 * Reads the DoH settings of an account without managing them. Settings that are not set are absent, even
 * if the account has no organization. Makes one request, in previews too, and repeats it after temporary failures.
 *
 * @throws CloudflareError if the API rejects the request or does not respond. Error if an argument is invalid, or if
 *   credentials are missing or not known yet in a preview.
 */
export async function getDohSettings(
  args: GetDohSettingsArgs,
  options: FunctionOptions = {},
): Promise<GetDohSettingsResult> {
  return read("getDohSettings", args, await givenConfig("getDohSettings", options));
}

/** Reads like `getDohSettings`, once all its inputs are known, and returns an Output. */
export function getDohSettingsOutput(
  args: GetDohSettingsOutputArgs,
  options: FunctionOptions = {},
): pulumi.Output<GetDohSettingsResult> {
  return pulumi
    .all([pulumi.output(args), configOutput("getDohSettingsOutput", options)])
    .apply(([known, config]) => read("getDohSettingsOutput", known, config));
}

async function read(
  functionName: string,
  args: GetDohSettingsArgs | undefined,
  config: GivenConfig,
): Promise<GetDohSettingsResult> {
  const scope = scopeOf(functionName, { accountId: args?.accountId ?? "" });
  const { fetchDohSettings } = await import("./calls.js");
  const live = await fetchDohSettings(scope, contextOf(config));
  return { id: formatScope(scope), accountId: scope.id, ...live };
}
