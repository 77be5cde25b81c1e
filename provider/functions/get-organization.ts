import * as pulumi from "@pulumi/pulumi";
import { formatScope } from "../cloudflare/scope.js";
import type { organization } from "../schema/organization.js";
import type { Json, LiveOf } from "../schema/values.js";
import {
  configOutput,
  contextOf,
  givenConfig,
  type FunctionOptions,
  type GivenConfig,
} from "./options.js";
import { scopeOf, type ScopeArgs } from "./scope.js";

/** The account or zone to ask about: exactly one of the two. */
export type GetOrganizationArgs = ScopeArgs;

/** The same, for values that may not be known yet. */
export interface GetOrganizationOutputArgs {
  accountId?: pulumi.Input<string> | undefined;
  zoneId?: pulumi.Input<string> | undefined;
}

/**
 * Everything that the API answers. What is not set is absent or empty, as the API answers it. A member of
 * an object that this release does not know stands in that object under the API's own name.
 */
export interface GetOrganizationResult extends LiveOf<typeof organization> {
  readonly accountId?: string;
  readonly zoneId?: string;
  /** `accounts/<account id>` or `zones/<zone id>`: what `Organization.get` takes. */
  readonly id: string;
  /** Settings that have no argument here, under the API's own names. */
  readonly additionalSettings?: Readonly<Record<string, Json>>;
  /** What the answer holds besides and no argument can state, under the API's own names. */
  readonly responseOnly?: Readonly<Record<string, Json>>;
}

/**
 * Looks up the organization of an account or zone without managing it. A member of an object that this
 * release does not know stands in that object, under the API's own name.
 *
 * @throws Error where there is no organization, and CloudflareError where it can't be looked at.
 */
export async function getOrganization(
  args: GetOrganizationArgs,
  options: FunctionOptions = {},
): Promise<GetOrganizationResult> {
  return look(args, await givenConfig(options));
}

/** Like `getOrganization`, for Inputs; the answer is an Output. */
export function getOrganizationOutput(
  args: GetOrganizationOutputArgs,
  options: FunctionOptions = {},
): pulumi.Output<GetOrganizationResult> {
  return pulumi
    .all([pulumi.output(args), configOutput(options)])
    .apply(([known, config]) => look(known, config));
}

async function look(args: ScopeArgs, config: GivenConfig): Promise<GetOrganizationResult> {
  const target = scopeOf("getOrganization", args);
  const { fetchOrganization: lookUpOrganization } = await import("./calls.js");
  const live = await lookUpOrganization(target, contextOf(config));
  const id = formatScope(target);
  if (live === undefined)
    throw new Error(
      `getOrganization: there is no Zero Trust organization on ${id}. Zero Trust is enabled for an account by picking a plan in the dashboard, or by an Organization resource that states authDomain and name.`,
    );
  const { accountId, zoneId } = args;
  return {
    id,
    ...(zoneId === undefined ? { accountId } : { zoneId }),
    ...live,
  } as GetOrganizationResult;
}
