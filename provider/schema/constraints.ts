import { isBlank } from "./equality.js";
import type { InputFailure } from "./input-failure.js";
import { isObject, type ApiObject, type SettingValues } from "./values.js";

const NEEDS_AUTHENTICATORS: InputFailure = {
  property: "mfaConfig.allowedAuthenticators",
  reason: 'mfaRequiredForAllApps needs at least one authenticator. Declare some, such as ["totp"]',
};
const NEEDS_MFA_SESSION: InputFailure = {
  property: "mfaConfig.sessionDuration",
  reason: 'mfaRequiredForAllApps needs an MFA session duration. Declare one, such as "24h"',
};

/** Cross-field rules that the declared settings of an organization break, whatever is live. */
export function contradictions(declared: SettingValues): InputFailure[] {
  const config = declared.mfaConfig;
  if (declared.mfaRequiredForAllApps !== true || !isObject(config)) return [];
  const clearsAll = Object.keys(config).length === 0;
  const clears = (member: unknown) => clearsAll || (member !== undefined && isBlank(member));
  return [
    ...(clears(config.allowedAuthenticators) ? [NEEDS_AUTHENTICATORS] : []),
    ...(clears(config.sessionDuration) ? [NEEDS_MFA_SESSION] : []),
  ];
}

/** Cross-field rules that the body of a request breaks. Cloudflare decides, so these are only warnings. */
export function unmetRequirements(body: ApiObject): InputFailure[] {
  if (body.mfa_required_for_all_apps !== true) return [];
  const config = isObject(body.mfa_config) ? body.mfa_config : {};
  return [
    ...(isBlank(config.allowed_authenticators) ? [NEEDS_AUTHENTICATORS] : []),
    ...(isBlank(config.session_duration) ? [NEEDS_MFA_SESSION] : []),
  ];
}
