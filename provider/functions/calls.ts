import { connect } from "../cloudflare/connect.js";
import { getSettings, revokeUser } from "../cloudflare/endpoints.js";
import type { ReadConfig } from "../cloudflare/credential-chain.js";
import type { Scope } from "../cloudflare/scope.js";
import { dohSettingsType } from "../registry.js";
import type { ResourceType } from "../registry.js";
import { organizationType } from "../registry.js";
import { userRevocation } from "../schema/user-revocation.js";
import type { SettingValues } from "../schema/values.js";
import { decodeComputed, decodeAll, decodeOutputOnly, encodeSettings } from "../schema/codec.js";

/*
 * What the functions do, apart from Pulumi. Loaded at the first call of one: a program that calls
 * none loads neither client nor model.
 */

/** How a call reaches the API. */
export interface CallContext {
  readonly readConfig: ReadConfig;
  readonly log: (line: string) => void;
}

/** Everything that the API answers, in argument names; undefined where there is no organization. */
export function fetchOrganization(target: Scope, context: CallContext) {
  return lookUp(organizationType, target, context);
}

/** Everything that the API answers, in argument names; `{}` while nobody has set anything. */
export async function fetchDohSettings(target: Scope, context: CallContext) {
  return (await lookUp(dohSettingsType, target, context)) ?? {};
}

async function lookUp(
  { definition, endpoint }: ResourceType,
  target: Scope,
  { readConfig, log }: CallContext,
): Promise<SettingValues | undefined> {
  const live = await getSettings(await connect(readConfig, log), endpoint, target);
  if (live === undefined) return undefined;
  const rest = decodeOutputOnly(definition, live);
  return {
    ...decodeAll(definition, live),
    ...decodeComputed(definition, live),
    ...(Object.keys(rest).length === 0 ? {} : { responseOnly: rest }),
  };
}

/** @throws Error where a zone is given more than it takes, or the revocation did not happen. */
export async function revoke(
  target: Scope,
  args: SettingValues & { readonly email: string },
  { readConfig, log }: CallContext,
): Promise<void> {
  const body = encodeSettings(userRevocation, args);
  const accountOnly = Object.keys(body).filter((name) => name !== "email");
  if (target.kind === "zones" && accountOnly.length > 0)
    throw new Error(`revokeUser: a zone takes email only, not ${accountOnly.join(", ")}.`);
  await revokeUser(await connect(readConfig, log), target, { ...body, email: args.email });
}
