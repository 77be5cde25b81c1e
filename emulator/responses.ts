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
 * How responses spell unset settings. `typical` is what Cloudflare's Terraform provider expects:
 * booleans are `false` except `auto_redirect_to_identity`, `login_design` is `{}`, and everything
 * else is absent. The others are extremes: `sparse` omits every unset setting, and `explicit`
 * returns `""`, `{}`, `[]`, `null`, `false` and the server's defaults.
 */
export type Personality = (typeof PERSONALITIES)[number];

export const PERSONALITIES = ["typical", "sparse", "explicit"] as const;

export function isPersonality(text: string): text is Personality {
  return (PERSONALITIES as readonly string[]).includes(text);
}

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

/** The unset settings that `typical` spells out: the booleans, and the empty login design. */
const TYPICAL_UNSET: Settings = {
  ...Object.fromEntries(Object.entries(UNSET).filter(([, value]) => value === false)),
  login_design: {},
};

const GET_ONLY_FIELDS = ["trusted_accounts", "cache_device_posture"];

const OMITTED_FROM_WRITE_RESPONSES: Record<Behavior["writeResponseOmits"], readonly string[]> = {
  nothing: [],
  get_only_fields: GET_ONLY_FIELDS,
  get_only_fields_and_timestamps: [...GET_ONLY_FIELDS, "created_at", "updated_at"],
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
  behavior: Behavior,
): Settings {
  const visible = withoutHiddenReason(level === "zones" ? withoutAccountFields(stored) : stored);
  const answer = SPELLINGS[personality](level, visible);
  const spelled = behavior.durationsRewritten ? withGoDurations(answer) : answer;
  return behavior.mfaNames === "new" ? spelled : inOldNames(spelled);
}

/** The `result` of a POST or PUT: it lacks fields that only GET returns. */
export function writeResponse(response: Settings, { writeResponseOmits }: Behavior): Settings {
  const omitted: readonly string[] = OMITTED_FROM_WRITE_RESPONSES[writeResponseOmits];
  return Object.fromEntries(Object.entries(response).filter(([field]) => !omitted.includes(field)));
}

/** The `result` for DoH settings: the service token with the duration laid beside it. */
export function dohResponse(
  settings: DohSettings,
  token: ServiceToken | undefined,
  personality: Personality,
  behavior: Behavior,
): Settings {
  const defaulted = personality === "explicit" ? "24h" : undefined;
  const duration = settings.doh_jwt_duration ?? defaulted;
  const answer = {
    ...(behavior.dohResponse === "duration_only" ? {} : token),
    ...(behavior.dohResponse === "token_only" || !duration ? {} : { doh_jwt_duration: duration }),
  };
  return behavior.durationsRewritten ? withGoDurations(answer) : answer;
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

const SPELLINGS: Record<Personality, (level: Level, stored: Settings) => Settings> = {
  typical: (level, stored) => sparse({ ...unsetOf(level, TYPICAL_UNSET), ...stored }),
  sparse: (_, stored) => sparse(stored),
  explicit,
};

/** `auto_redirect_to_identity` is the only boolean that is known to be absent while it is false. */
function sparse(stored: Settings): Settings {
  const { auto_redirect_to_identity: redirects, ...rest } = stored;
  return redirects === true ? { ...rest, auto_redirect_to_identity: true } : rest;
}

function explicit(level: Level, stored: Settings): Settings {
  const response = unsetOf(level, UNSET);
  for (const [field, value] of Object.entries(stored)) {
    response[field] = isObject(value) ? { ...UNSET_MEMBERS[field], ...value } : value;
  }
  return response;
}

function unsetOf(level: Level, unset: Settings): Settings {
  const fields = Object.entries(unset);
  return structuredClone(
    Object.fromEntries(
      level === "zones" ? fields.filter(([field]) => ZONE_ANSWERS.includes(field)) : fields,
    ),
  );
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
