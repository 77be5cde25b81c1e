import { isBlank } from "./equality.js";
import { isObject, type SettingValues } from "./values.js";

/** Something that is wrong with the arguments, at the path at which Pulumi shows it. */
export interface InputFailure {
  readonly property: string;
  readonly reason: string;
}

const NEEDS_AUTHENTICATORS: InputFailure = {
  property: "mfaConfig.allowedAuthenticators",
  reason: 'mfaRequiredForAllApps needs at least one authenticator: state some, such as ["totp"]',
};
const NEEDS_MFA_SESSION: InputFailure = {
  property: "mfaConfig.sessionDuration",
  reason: 'mfaRequiredForAllApps needs an MFA session duration: state one, such as "24h"',
};

/** Where the stated settings of an organization contradict each other. What they lack may be live. */
export function contradictions(stated: SettingValues): InputFailure[] {
  const config = stated.mfaConfig;
  if (stated.mfaRequiredForAllApps !== true || !isObject(config)) return [];
  const clearsAll = Object.keys(config).length === 0;
  const clears = (member: unknown) => clearsAll || (member !== undefined && isBlank(member));
  return [
    ...(clears(config.allowedAuthenticators) ? [NEEDS_AUTHENTICATORS] : []),
    ...(clears(config.sessionDuration) ? [NEEDS_MFA_SESSION] : []),
  ];
}

/** What a whole organization, as it is about to be sent, lacks. */
export function unmetRequirements(whole: SettingValues): InputFailure[] {
  if (whole.mfaRequiredForAllApps !== true) return [];
  const config = isObject(whole.mfaConfig) ? whole.mfaConfig : {};
  return [
    ...(isBlank(config.allowedAuthenticators) ? [NEEDS_AUTHENTICATORS] : []),
    ...(isBlank(config.sessionDuration) ? [NEEDS_MFA_SESSION] : []),
  ];
}
