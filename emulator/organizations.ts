import {
  acceptedFields,
  isObject,
  RESPONSE_ONLY_FIELDS,
  unlistedFields,
  type Level,
  type Settings,
} from "./fields.js";
import { normalForm } from "./normal-form.js";
import { invalidConfig } from "./rejections.js";
import type { Behavior } from "./behavior.js";

/** What of an organization a PUT decides over, besides the switches. */
export type PutRules = { switches: Behavior; responseOnlyFields: ReadonlySet<string> };

/** The organization that a POST makes. */
export function createdOrganization(body: Settings, switches: Behavior): Settings {
  const created = {
    ...normalForm(body),
    ...unlistedFields(),
    created_at: new Date().toISOString(),
  };
  return checked(withStrictAuth(created, switches));
}

/**
 * The organization that a PUT leaves behind: the body replaces the whole. Kept are only what the
 * request could not carry and the name, without which no organization is.
 */
export function replacedOrganization(
  level: Level,
  live: Settings,
  body: Settings,
  rules: PutRules,
): Settings {
  const { switches } = rules;
  const base = switches.putMerges ? live : untouchable(level, live, rules);
  const next: Settings = { ...base, ...body };
  if (switches.putEmptiesTrustedAccounts) next.trusted_accounts = [];
  if (level === "zones" && switches.zonePutResetsDenyUnmatched) {
    next.deny_unmatched_requests = false;
    next.deny_unmatched_requests_exempted_zone_names = null;
  }
  return checked(withStrictAuth(normalForm(next), switches));
}

function untouchable(level: Level, live: Settings, rules: PutRules): Settings {
  const taken: readonly string[] = acceptedFields(level, "PUT");
  const accountOnly = acceptedFields("accounts", "PUT").filter((field) => !taken.includes(field));
  const kept = new Set<string>([
    "name",
    ...RESPONSE_ONLY_FIELDS,
    ...rules.responseOnlyFields,
    ...accountOnly,
  ]);
  return Object.fromEntries(Object.entries(live).filter(([key]) => kept.has(key)));
}

/** On organizations made since October 2026 strict service token authentication is always on. */
function withStrictAuth(settings: Settings, switches: Behavior): Settings {
  if (switches.strictServiceTokenAuthOff === "accepted") return settings;
  const refused = switches.strictServiceTokenAuthOff === "refused";
  if (refused && settings.strict_service_token_auth === false) {
    throw invalidConfig("strict_service_token_auth: cannot be turned off");
  }
  return { ...settings, strict_service_token_auth: true };
}

/** MFA for every application needs something to ask for, and for how long it counts. */
function checked(settings: Settings): Settings {
  if (settings.mfa_required_for_all_apps !== true) return settings;
  const config = isObject(settings.mfa_config) ? settings.mfa_config : {};
  if (!config.allowed_authenticators) {
    throw invalidConfig(
      "mfa_required_for_all_apps: needs at least one mfa_config.allowed_authenticators",
    );
  }
  if (!config.session_duration) {
    throw invalidConfig("mfa_required_for_all_apps: needs mfa_config.session_duration");
  }
  return settings;
}
