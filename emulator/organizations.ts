import {
  requestFields,
  isObject,
  OUTPUT_ONLY_FIELDS,
  undocumentedDefaults,
  type ScopeType,
  type Settings,
} from "./fields.js";
import { isDisabled, storedForm } from "./stored-form.js";
import { invalidConfig } from "./rejections.js";
import type { Behavior } from "./behavior.js";

/** What decides, in addition to the body, what a PUT stores. */
export type PutRules = { behavior: Behavior; outputOnlyFields: ReadonlySet<string> };

/** Returns the organization that a POST creates. */
export function createdOrganization(body: Settings, behavior: Behavior): Settings {
  const created = {
    ...storedForm(body),
    ...undocumentedDefaults(),
    created_at: new Date().toISOString(),
  };
  return withCompleteMfa(withStrictServiceTokenAuth(created, behavior));
}

/**
 * Returns the organization after a PUT. The body replaces the whole object, except fields that a
 * request does not accept, and the name, which every organization has.
 */
export function replacedOrganization(
  scopeType: ScopeType,
  live: Settings,
  body: Settings,
  rules: PutRules,
): Settings {
  const { behavior } = rules;
  const base = behavior.putMerges ? live : fieldsKeptByPut(scopeType, live, rules);
  const next: Settings = { ...base, ...body };
  if (behavior.putClearsTrustedAccounts) next.trusted_accounts = [];
  if (scopeType === "zones" && behavior.zonePutResetsDenyUnmatched) {
    next.deny_unmatched_requests = false;
    next.deny_unmatched_requests_exempted_zone_names = null;
  }
  return withCompleteMfa(
    withStrictServiceTokenAuth(withDisabledPolicy(storedForm(next), live, body), behavior),
  );
}

/** Keeps a seeded disabled inactivity policy until a request replaces it. */
function withDisabledPolicy(next: Settings, live: Settings, body: Settings): Settings {
  const { service_token_inactivity: policy } = live;
  const isKept = isDisabled(policy) && !("service_token_inactivity" in body);
  return isKept ? { ...next, service_token_inactivity: policy } : next;
}

function fieldsKeptByPut(scopeType: ScopeType, live: Settings, rules: PutRules): Settings {
  const accepted: readonly string[] = requestFields(scopeType, "PUT");
  const accountOnly = requestFields("accounts", "PUT").filter((field) => !accepted.includes(field));
  const kept = new Set<string>([
    "name",
    ...OUTPUT_ONLY_FIELDS,
    ...rules.outputOnlyFields,
    ...accountOnly,
  ]);
  return Object.fromEntries(Object.entries(live).filter(([key]) => kept.has(key)));
}

/** Organizations created since October 2026 always have strict service token authentication. */
function withStrictServiceTokenAuth(settings: Settings, behavior: Behavior): Settings {
  if (behavior.strictServiceTokenAuthOff === "accepted") return settings;
  const isRejected = behavior.strictServiceTokenAuthOff === "rejected";
  if (isRejected && settings.strict_service_token_auth === false) {
    throw invalidConfig("strict_service_token_auth: cannot be turned off");
  }
  return { ...settings, strict_service_token_auth: true };
}

/** Rejects MFA for all applications without authenticators or a session duration. */
function withCompleteMfa(settings: Settings): Settings {
  if (settings.mfa_required_for_all_apps !== true) return settings;
  const config = isObject(settings.mfa_config) ? settings.mfa_config : {};
  if (!config.allowed_authenticators) {
    throw invalidConfig("mfa_required_for_all_apps: requires mfa_config.allowed_authenticators");
  }
  if (!config.session_duration) {
    throw invalidConfig("mfa_required_for_all_apps: requires mfa_config.session_duration");
  }
  return settings;
}
