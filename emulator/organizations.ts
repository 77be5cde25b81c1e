import {
  acceptedFields,
  isObject,
  OUTPUT_ONLY_FIELDS,
  undocumentedFields,
  type Level,
  type Settings,
} from "./fields.js";
import { isDisabled, normalForm } from "./normal-form.js";
import { invalidConfig } from "./rejections.js";
import type { Behavior } from "./behavior.js";

/** What of an organization a PUT decides over, besides the behavior. */
export type PutRules = { behavior: Behavior; outputOnlyFields: ReadonlySet<string> };

/** The organization that a POST makes. */
export function createdOrganization(body: Settings, behavior: Behavior): Settings {
  const created = {
    ...normalForm(body),
    ...undocumentedFields(),
    created_at: new Date().toISOString(),
  };
  return checked(withStrictAuth(created, behavior));
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
  const { behavior } = rules;
  const base = behavior.putMerges ? live : untouchable(level, live, rules);
  const next: Settings = { ...base, ...body };
  if (behavior.putClearsTrustedAccounts) next.trusted_accounts = [];
  if (level === "zones" && behavior.zonePutResetsDenyUnmatched) {
    next.deny_unmatched_requests = false;
    next.deny_unmatched_requests_exempted_zone_names = null;
  }
  return checked(withStrictAuth(withDisabledPolicy(normalForm(next), live, body), behavior));
}

/** A disabled inactivity policy that nobody set stays in the responses until a request replaces it. */
function withDisabledPolicy(next: Settings, live: Settings, body: Settings): Settings {
  const { service_token_inactivity: policy } = live;
  const isKept = isDisabled(policy) && !("service_token_inactivity" in body);
  return isKept ? { ...next, service_token_inactivity: policy } : next;
}

function untouchable(level: Level, live: Settings, rules: PutRules): Settings {
  const taken: readonly string[] = acceptedFields(level, "PUT");
  const accountOnly = acceptedFields("accounts", "PUT").filter((field) => !taken.includes(field));
  const kept = new Set<string>([
    "name",
    ...OUTPUT_ONLY_FIELDS,
    ...rules.outputOnlyFields,
    ...accountOnly,
  ]);
  return Object.fromEntries(Object.entries(live).filter(([key]) => kept.has(key)));
}

/** On organizations made since October 2026 strict service token authentication is always on. */
function withStrictAuth(settings: Settings, behavior: Behavior): Settings {
  if (behavior.strictServiceTokenAuthOff === "accepted") return settings;
  const refused = behavior.strictServiceTokenAuthOff === "rejected";
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
