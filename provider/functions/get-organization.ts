import * as pulumi from "@pulumi/pulumi";
import { describeScope, formatScope } from "../cloudflare/scope.js";
import type { organization } from "../schema/organization.js";
import type { Json, LiveOf } from "../schema/values.js";
import type { ExactlyOne, ScopeArgs } from "../resources/args.js";
import {
  configOutput,
  contextOf,
  givenConfig,
  type FunctionOptions,
  type GivenConfig,
} from "./options.js";
import { scopeOf, type ScopeId, type ScopeIds } from "./scope.js";

/** The account or zone of an organization: exactly one of the two. */
export type GetOrganizationArgs = ScopeId;

/** The account or zone of an organization, also as Outputs: exactly one of the two. */
export type GetOrganizationOutputArgs = ExactlyOne<ScopeArgs>;

/** Everything that the API returns of an organization. */
export interface LiveOrganization extends LiveOf<typeof organization> {
  /** `accounts/<account id>` or `zones/<zone id>`: the id that `Organization.get` takes. */
  readonly id: string;
  /** Settings that this release has no typed output for, by API name. */
  readonly additionalSettings?: Readonly<Record<string, Json>>;
  /** Fields that the API returns and does not accept, by API name. */
  readonly responseOnly?: Readonly<Record<string, Json>>;
}

/**
 * The account or zone, and everything that the API returns of its organization. Settings that are not
 * set are absent or empty, as the API returns them. A member of an object that this release does not
 * know is in that object, under its API name.
 */
export type GetOrganizationResult = LiveOrganization & ScopeId;

/**
 * Reads the organization of an account or zone without managing it. Makes one request, in previews too, and repeats
 * it after temporary failures.
 *
 * @throws CloudflareError if the API rejects the request or does not respond. Error if the organization does not
 *   exist, if an argument is invalid, or if credentials are missing or not known yet in a preview.
 */
export async function getOrganization(
  args: GetOrganizationArgs,
  options: FunctionOptions = {},
): Promise<GetOrganizationResult> {
  return read("getOrganization", args, await givenConfig("getOrganization", options));
}

/** Reads like `getOrganization`, once all its inputs are known, and returns an Output. */
export function getOrganizationOutput(
  args: GetOrganizationOutputArgs,
  options: FunctionOptions = {},
): pulumi.Output<GetOrganizationResult> {
  return pulumi
    .all([pulumi.output(args as ScopeArgs), configOutput("getOrganizationOutput", options)])
    .apply(([known, config]) => read("getOrganizationOutput", known, config));
}

async function read(
  functionName: string,
  args: ScopeIds | undefined,
  config: GivenConfig,
): Promise<GetOrganizationResult> {
  const scope = scopeOf(functionName, args);
  const { fetchOrganization } = await import("./calls.js");
  const live = await fetchOrganization(scope, contextOf(config));
  if (live === undefined)
    throw new Error(
      `${functionName}: ${describeScope(scope)} has no Zero Trust organization. To create one, choose a Zero Trust plan in the dashboard, or deploy an Organization resource that declares authDomain and name.`,
    );
  const ids = scope.kind === "zones" ? { zoneId: scope.id } : { accountId: scope.id };
  return { id: formatScope(scope), ...ids, ...live };
}
