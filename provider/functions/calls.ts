import { connect } from "../cloudflare/connect.js";
import { getSettings, revokeUser } from "../cloudflare/endpoints.js";
import type { ReadConfig } from "../cloudflare/credentials.js";
import type { Scope } from "../cloudflare/scope.js";
import { dohSettingsType, organizationType, type ResourceType } from "../registry.js";
import type { Setting } from "../schema/definition.js";
import { describeFailure } from "../schema/input-failure.js";
import { SCOPE_INPUTS } from "../schema/input-names.js";
import { userRevocation } from "../schema/user-revocation.js";
import type { SettingValues } from "../schema/values.js";
import { decodeLive, decodeOutputOnly, encodeSettings } from "../schema/codec.js";

/*
 * The functions without Pulumi. A program loads this module, and with it the client, at its first call.
 */

/** How a call reaches the API. */
export interface CallContext {
  readonly readConfig: ReadConfig;
  readonly log: (line: string) => void;
}

/** Returns everything that the API returns, by input names; undefined if the organization does not exist. */
export function fetchOrganization(scope: Scope, context: CallContext) {
  return fetchSettings(organizationType, scope, context);
}

/** Returns everything that the API returns, by input names; `{}` if nothing is set. */
export async function fetchDohSettings(scope: Scope, context: CallContext) {
  return (await fetchSettings(dohSettingsType, scope, context)) ?? {};
}

async function fetchSettings(
  { definition, endpoint }: ResourceType,
  scope: Scope,
  { readConfig, log }: CallContext,
): Promise<SettingValues | undefined> {
  const live = await getSettings(await connect(readConfig, log), endpoint, scope);
  if (live === undefined) return undefined;
  const { settings, computed } = decodeLive(definition, live);
  const rest = decodeOutputOnly(definition, live);
  return {
    ...settings,
    ...computed,
    ...(Object.keys(rest).length === 0 ? {} : { responseOnly: rest }),
  };
}

/**
 * Revokes a user's sessions.
 *
 * @param given The arguments. Null counts as left out.
 * @throws Error if an argument is invalid, if a zone is given more than an email, or if no session was revoked.
 */
export async function revoke(
  scope: Scope,
  given: SettingValues & { readonly email: string },
  { readConfig, log }: CallContext,
): Promise<void> {
  const scopeInputs: readonly string[] = Object.values(SCOPE_INPUTS);
  const args = Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) => value !== undefined && value !== null && !scopeInputs.includes(name),
    ),
  );
  const { buildValidator } = await import("../schema/validate.js");
  const failures = buildValidator({ ...userRevocation, otherInputs: [] })(args).map((failure) =>
    describeFailure(failure),
  );
  if (failures.length > 0)
    throw new Error(
      ["revokeUser:", ...failures.map(({ property, reason }) => `  ${property} ${reason}`)].join(
        "\n",
      ),
    );
  const accountOnly = Object.entries<Setting>(userRevocation.settings)
    .filter(([name, { zone }]) => zone !== true && args[name] !== undefined)
    .map(([name]) => name);
  if (scope.kind === "zones" && accountOnly.length > 0)
    throw new Error(
      `revokeUser: a zone accepts email only. Remove ${accountOnly.join(", ")}, or pass an accountId.`,
    );
  await revokeUser(await connect(readConfig, log), scope, encodeSettings(userRevocation, args));
}
