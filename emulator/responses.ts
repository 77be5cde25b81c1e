import { toGoFormat } from "./durations.js";
import {
  isKnownField,
  isObject,
  ZONE_OUTPUT_ONLY_FIELDS,
  ZONE_FIELDS,
  type ScopeType,
  type Settings,
} from "./fields.js";
import { toFormerNames } from "./mfa-names.js";
import type { DohSettings, ServiceToken } from "./state.js";
import type { Behavior } from "./behavior.js";

/**
 * How responses spell unset settings. `typical` is what Cloudflare's Terraform provider expects:
 * booleans are `false` except `auto_redirect_to_identity`, `login_design` is `{}`, and everything
 * else is absent. The others are extremes: `sparse` omits every unset setting, and `explicit`
 * returns `""`, `{}`, `[]`, `null`, `false` and the server's defaults.
 */
export type Personality = (typeof PERSONALITIES)[number];

/** Every personality, the default first. */
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

/** The unset settings as `explicit` spells them. */
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
  // For a disabled policy, Cloudflare returns its defaults instead of the last request's values.
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

/** Objects whose unset members `explicit` spells out. */
const UNSET_MEMBERS: Record<string, Settings> = {
  custom_pages: UNSET_CUSTOM_PAGES,
  login_design: UNSET_LOGIN_DESIGN,
  mfa_config: UNSET_MFA_CONFIG,
};

const ZONE_RESPONSE_FIELDS: readonly string[] = [...ZONE_FIELDS, ...ZONE_OUTPUT_ONLY_FIELDS];

/** Returns the `result` for a stored organization. */
export function organizationResponse(
  scopeType: ScopeType,
  stored: Settings,
  personality: Personality,
  behavior: Behavior,
): Settings {
  const visible = withoutHiddenReason(
    scopeType === "zones" ? withoutAccountFields(stored) : stored,
  );
  const response = SPELLINGS[personality](scopeType, visible);
  const spelled = behavior.durationsRewritten ? withGoDurations(response) : response;
  return behavior.mfaNames === "new" ? spelled : toFormerNames(spelled);
}

/** Returns the `result` of a POST or PUT, which lacks fields that only GET returns. */
export function writeResponse(response: Settings, { writeResponseOmits }: Behavior): Settings {
  const omitted: readonly string[] = OMITTED_FROM_WRITE_RESPONSES[writeResponseOmits];
  return Object.fromEntries(Object.entries(response).filter(([field]) => !omitted.includes(field)));
}

/** Returns the `result` for DoH settings: the service token and the duration in one object. */
export function dohResponse(
  settings: DohSettings,
  token: ServiceToken | undefined,
  personality: Personality,
  behavior: Behavior,
): Settings {
  const defaulted = personality === "explicit" ? "24h" : undefined;
  const duration = settings.doh_jwt_duration ?? defaulted;
  const response = {
    ...(behavior.dohResponse === "duration_only" ? {} : token),
    ...(behavior.dohResponse === "token_only" || !duration ? {} : { doh_jwt_duration: duration }),
  };
  return behavior.durationsRewritten ? withGoDurations(response) : response;
}

/** Removes settings that only accounts have from the response of a zone. */
function withoutAccountFields(stored: Settings): Settings {
  return Object.fromEntries(
    Object.entries(stored).filter(
      ([key]) => !isKnownField(key) || ZONE_RESPONSE_FIELDS.includes(key),
    ),
  );
}

/** Removes the reason unless the dashboard is read-only: Cloudflare returns it only then. */
function withoutHiddenReason(stored: Settings): Settings {
  const { ui_read_only_toggle_reason: reason, ...rest } = stored;
  return stored.is_ui_read_only === true && reason !== undefined
    ? { ...rest, ui_read_only_toggle_reason: reason }
    : rest;
}

const SPELLINGS: Record<Personality, (scopeType: ScopeType, stored: Settings) => Settings> = {
  typical: (scopeType, stored) =>
    spellSparsely({ ...unsetFields(scopeType, TYPICAL_UNSET), ...stored }),
  sparse: (_, stored) => spellSparsely(stored),
  explicit: spellExplicitly,
};

/** `auto_redirect_to_identity` is the only boolean that is known to be absent while it is false. */
function spellSparsely(stored: Settings): Settings {
  const { auto_redirect_to_identity: redirects, ...rest } = stored;
  return redirects === true ? { ...rest, auto_redirect_to_identity: true } : rest;
}

function spellExplicitly(scopeType: ScopeType, stored: Settings): Settings {
  const response = unsetFields(scopeType, UNSET);
  for (const [field, value] of Object.entries(stored)) {
    response[field] = isObject(value) ? { ...UNSET_MEMBERS[field], ...value } : value;
  }
  return response;
}

function unsetFields(scopeType: ScopeType, unset: Settings): Settings {
  const fields = Object.entries(unset);
  return structuredClone(
    Object.fromEntries(
      scopeType === "zones"
        ? fields.filter(([field]) => ZONE_RESPONSE_FIELDS.includes(field))
        : fields,
    ),
  );
}

function withGoDurations(response: Settings): Settings {
  return Object.fromEntries(
    Object.entries(response).map(([key, value]) => {
      if (isObject(value)) return [key, withGoDurations(value)];
      const isDuration = /duration$|_inactive_time$/.test(key) && typeof value === "string";
      return [key, isDuration ? toGoFormat(value) : value];
    }),
  );
}
