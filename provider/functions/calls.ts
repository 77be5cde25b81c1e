import { connect } from "../cloudflare/connect.js";
import { getSettings, revokeUser } from "../cloudflare/endpoints.js";
import type { ReadConfig } from "../cloudflare/sources.js";
import type { Target } from "../cloudflare/target.js";
import { dohSettingsKind } from "../kinds/doh-settings.js";
import type { SettingsKind } from "../kinds/kind.js";
import { organizationKind } from "../kinds/organization.js";
import { userRevocation } from "../model/user-revocation.js";
import type { SettingValues } from "../model/values.js";
import { readComputed, readEverything, readRest, writeSettings } from "../model/wire.js";

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
export function lookUpOrganization(target: Target, context: CallContext) {
  return lookUp(organizationKind, target, context);
}

/** Everything that the API answers, in argument names; `{}` while nobody has set anything. */
export async function lookUpDohSettings(target: Target, context: CallContext) {
  return (await lookUp(dohSettingsKind, target, context)) ?? {};
}

async function lookUp(
  { description, endpoint }: SettingsKind,
  target: Target,
  { readConfig, log }: CallContext,
): Promise<SettingValues | undefined> {
  const live = await getSettings(await connect(readConfig, log), endpoint, target);
  if (live === undefined) return undefined;
  const rest = readRest(description, live);
  return {
    ...readEverything(description, live),
    ...readComputed(description, live),
    ...(Object.keys(rest).length === 0 ? {} : { responseOnly: rest }),
  };
}

/** @throws Error where a zone is given more than it takes, or the revocation did not happen. */
export async function revoke(
  target: Target,
  args: SettingValues & { readonly email: string },
  { readConfig, log }: CallContext,
): Promise<void> {
  const body = writeSettings(userRevocation, args);
  const accountOnly = Object.keys(body).filter((name) => name !== "email");
  if (target.level === "zones" && accountOnly.length > 0)
    throw new Error(`revokeUser: a zone takes email only, not ${accountOnly.join(", ")}.`);
  await revokeUser(await connect(readConfig, log), target, { ...body, email: args.email });
}
