import { inGoSpelling } from "./durations.js";
import {
  isKnownField,
  isObject,
  ZONE_ANSWERED_FIELDS,
  ZONE_FIELDS,
  type Level,
  type Settings,
} from "./fields.js";
import { inOldNames } from "./mfa-names.js";
import type { DohSettings, ServiceToken } from "./state.js";
import type { Behavior } from "./behavior.js";

/**
 * How an organization spells what is unset. Both are seen in the wild: `sparse` leaves it out,
 * `explicit` answers `""`, `{}`, `[]`, null, false and the server's defaults.
 */
export type Personality = "sparse" | "explicit";

const UNSET_LOGIN_DESIGN = {
  background_color: "",
  footer_text: "",
  header_text: "",
  logo_path: "",
  text_color: "",
};

const UNSET_CUSTOM_PAGES = { forbidden: "", identity_denied: "" };

const UNSET_MFA_CONFIG = {
  allowed_authenticators: [],
  amr_matching_session_duration: "",
  required_aaguids: "",
  session_duration: "",
};

/** What `explicit` answers for settings that nobody made. */
const UNSET: Settings = {
  allow_authenticate_via_warp: false,
  auto_redirect_to_identity: false,
  custom_pages: UNSET_CUSTOM_PAGES,
  deny_unmatched_requests: false,
  deny_unmatched_requests_exempted_zone_names: [],
  is_ui_read_only: false,
  login_design: UNSET_LOGIN_DESIGN,
  mfa_config: null,
  mfa_piv_key_requirements: {},
  mfa_required_for_all_apps: false,
  // A disabled rule is answered with the server's defaults, not with what was last sent.
  service_token_inactivity: { action: "disable", enabled: false, inactivity_threshold_days: 90 },
  session_duration: "",
  strict_service_token_auth: false,
  ui_read_only_toggle_reason: "",
  user_seat_expiration_inactive_time: "",
  warp_auth_non_browser_401: false,
  warp_auth_session_duration: "",
};

/** Objects whose missing members `explicit` spells out too. */
const UNSET_MEMBERS: Record<string, Settings> = {
  custom_pages: UNSET_CUSTOM_PAGES,
  login_design: UNSET_LOGIN_DESIGN,
  mfa_config: UNSET_MFA_CONFIG,
};

const ZONE_ANSWERS: readonly string[] = [...ZONE_FIELDS, ...ZONE_ANSWERED_FIELDS];

/** The `result` for a stored organization. */
export function organizationResponse(
  level: Level,
  stored: Settings,
  personality: Personality,
  switches: Behavior,
): Settings {
  const visible = withoutHiddenReason(level === "zones" ? withoutAccountFields(stored) : stored);
  const answer = personality === "explicit" ? explicit(level, visible) : sparse(visible);
  const spelled = switches.durationsRewritten ? withGoDurations(answer) : answer;
  return switches.mfaNames === "new" ? spelled : inOldNames(spelled);
}

/** The `result` for DoH settings: the service token with the duration laid beside it. */
export function dohResponse(
  settings: DohSettings,
  token: ServiceToken | undefined,
  personality: Personality,
  switches: Behavior,
): Settings {
  const defaulted = personality === "explicit" ? "24h" : undefined;
  const duration = settings.doh_jwt_duration ?? defaulted;
  const answer = {
    ...(switches.dohAnswer === "duration_only" ? {} : token),
    ...(switches.dohAnswer === "token_only" || !duration ? {} : { doh_jwt_duration: duration }),
  };
  return switches.durationsRewritten ? withGoDurations(answer) : answer;
}

/** A zone has no settings that only accounts have, whatever is stored of them. */
function withoutAccountFields(stored: Settings): Settings {
  return Object.fromEntries(
    Object.entries(stored).filter(([key]) => !isKnownField(key) || ZONE_ANSWERS.includes(key)),
  );
}

/** The reason is only shown while the lock is on: sent without it, it looks as if it was lost. */
function withoutHiddenReason(stored: Settings): Settings {
  const { ui_read_only_toggle_reason: reason, ...rest } = stored;
  return stored.is_ui_read_only === true && reason !== undefined
    ? { ...rest, ui_read_only_toggle_reason: reason }
    : rest;
}

/** Of the booleans only this one is known to vanish while it is false. */
function sparse(stored: Settings): Settings {
  const { auto_redirect_to_identity: redirects, ...rest } = stored;
  return redirects === true ? { ...rest, auto_redirect_to_identity: true } : rest;
}

function explicit(level: Level, stored: Settings): Settings {
  const answer: Settings = {};
  for (const [field, unset] of Object.entries(UNSET)) {
    if (level === "zones" && !ZONE_ANSWERS.includes(field)) continue;
    answer[field] = structuredClone(unset);
  }
  for (const [field, value] of Object.entries(stored)) {
    answer[field] = isObject(value) ? { ...UNSET_MEMBERS[field], ...value } : value;
  }
  return answer;
}

function withGoDurations(answer: Settings): Settings {
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) => {
      if (isObject(value)) return [key, withGoDurations(value)];
      const isDuration = /duration$|_inactive_time$/.test(key) && typeof value === "string";
      return [key, isDuration ? inGoSpelling(value) : value];
    }),
  );
}
