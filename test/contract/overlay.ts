import { bodyOf, operation, propertiesOf, type Schema } from "./contract.js";
import type { Exchange } from "./recorder.js";
import { faults, violations, type Violation } from "./violations.js";

/**
 * Something that the contract does not know and that is right all the same. Whatever is not named
 * here has to be as the contract says.
 */
export interface Entry {
  readonly name: string;
  /** Why it is let through. */
  readonly reason: string;
  /** How the contract's own list of differences begins to tell of it, where it does. */
  readonly admitted?: string;
  readonly operations: RegExp;
  /** The keyword of the schema that it breaks, or `unknown` for a key that is in no schema. */
  readonly rule: string;
  readonly at: readonly string[];
  /** The one value that is let through; any where left out. */
  readonly value?: unknown;
  /** What a key that is in no schema has to hold. */
  readonly schema?: Schema;
}

const ORGANIZATION = /access\/organizations$/;
const REPLACEMENT = /^PUT .*access\/organizations$/;
const DOH = /access\/organizations\/doh$/;

/** A setting that no release of Cloudflare's schemas has, as one may come tomorrow. */
export const NEW_SETTING = "warp_shiny_new_setting";
/** An authenticator that MFA does not know yet. */
export const NEW_AUTHENTICATOR = "retina_scan";

/** What answers carry and no schema lists. */
export const UNLISTED = [
  "cache_device_posture",
  "has_migrated_private_apps",
  "mfa_configuration_allowed",
  "trusted_accounts",
];

export const OVERLAY: readonly Entry[] = [
  {
    name: "unlisted flags",
    reason: "Live answers carry them; no schema does. They never belong in a request.",
    admitted: "The body of GET also carries cache_device_posture",
    operations: ORGANIZATION,
    rule: "unknown",
    at: UNLISTED.filter((name) => name !== "trusted_accounts").map(
      (name) => `answer/result/${name}`,
    ),
    schema: { type: "boolean" },
  },
  {
    name: "trusted accounts",
    reason: "Live answers carry the list; no schema does. It never belongs in a request.",
    admitted: "The body of GET also carries cache_device_posture",
    operations: ORGANIZATION,
    rule: "unknown",
    at: ["answer/result/trusted_accounts"],
    schema: { type: "array", items: { type: "string" } },
  },
  {
    name: "error chain",
    reason: "Often the only place where the real reason stands.",
    admitted: "Failures may carry error_chain",
    operations: /./,
    rule: "unknown",
    at: ["answer/errors/*/error_chain"],
    schema: {
      type: "array",
      items: {
        type: "object",
        required: ["message"],
        properties: { code: { type: "integer" }, message: { type: "string" } },
      },
    },
  },
  {
    name: "null clears",
    reason: "Cloudflare's own Terraform provider clears settings by null, and nothing else does.",
    admitted: 'Several optional fields accept null as "unset"',
    operations: REPLACEMENT,
    rule: "type",
    at: [
      "request/custom_pages",
      "request/deny_unmatched_requests_exempted_zone_names",
      "request/login_design",
      "request/mfa_config",
      "request/mfa_piv_key_requirements",
      "request/session_duration",
      "request/ui_read_only_toggle_reason",
      "request/user_seat_expiration_inactive_time",
      "request/warp_auth_session_duration",
    ],
    value: null,
  },
  {
    name: "null clears DoH settings",
    reason: "No way to unset them is documented; null is what clears the organization's settings.",
    operations: DOH,
    rule: "type",
    at: ["request/doh_jwt_duration", "request/service_token_id"],
    value: null,
  },
  {
    name: "null for what is unset",
    reason: "Answers spell an object that nobody has set as absent or as null.",
    operations: ORGANIZATION,
    rule: "type",
    at: ["answer/result/mfa_config"],
    value: null,
  },
  {
    name: "empty list id",
    reason: "Answers may spell out the unset members of an object as empty strings.",
    operations: ORGANIZATION,
    rule: "format",
    at: ["answer/result/mfa_config/required_aaguids"],
    value: "",
  },
  {
    name: "no DoH settings",
    reason: "What is answered before anyone has set them is published nowhere; null is likely.",
    operations: DOH,
    rule: "type",
    at: ["answer/result"],
    value: null,
  },
  {
    name: "any success",
    reason: "Documentation pages show 200 where the schemas say 201, so any 2xx is taken.",
    operations: /^(?:POST .*organizations|PUT .*doh)$/,
    rule: "status",
    at: ["answer"],
    value: 200,
  },
  {
    name: "whole envelope",
    reason: "The schema of revoke_user leaves out what every other answer has.",
    operations: /revoke_user$/,
    rule: "unknown",
    at: ["answer/errors", "answer/messages"],
    schema: { type: "array", items: { type: "object" } },
  },
  {
    name: "edge error codes",
    reason: "Errors of the edge, such as those of the rate limit, have codes below 1000.",
    operations: /./,
    rule: "minimum",
    at: ["answer/errors/*/code"],
    value: 971,
  },
  {
    name: "former name of the PIV key requirements",
    reason: "The name until mid-2026. What an organization still answers by it is written by it.",
    operations: ORGANIZATION,
    rule: "unknown",
    at: ["request/mfa_ssh_piv_key_requirements", "answer/result/mfa_ssh_piv_key_requirements"],
    schema: pivKeyRequirements(),
  },
  {
    name: "former name of the PIV key authenticator",
    reason: "The name until mid-2026, in lists that go back as they were answered.",
    operations: ORGANIZATION,
    rule: "enum",
    at: [
      "request/mfa_config/allowed_authenticators/*",
      "answer/result/mfa_config/allowed_authenticators/*",
    ],
    value: "ssh_piv_key",
  },
  {
    name: "new settings",
    reason: "Tools lag months behind the API, so a setting that is in no schema is passed through.",
    operations: ORGANIZATION,
    rule: "unknown",
    at: [`request/${NEW_SETTING}`, `answer/result/${NEW_SETTING}`],
  },
  {
    name: "grown lists",
    reason: "The API's lists of values grow: what is not known yet passes with a warning.",
    operations: ORGANIZATION,
    rule: "enum",
    at: [
      "request/mfa_config/allowed_authenticators/*",
      "answer/result/mfa_config/allowed_authenticators/*",
    ],
    value: NEW_AUTHENTICATOR,
  },
];

/** What the live API asks for although the contract does not. */
export const DEMANDS = [
  {
    name: "auth_domain in every PUT",
    admitted: "PUT needs auth_domain on every call",
    operations: REPLACEMENT,
    required: "auth_domain",
  },
] as const;

/** Differences that a schema could not be broken by. */
export const HARMLESS = [
  {
    admitted: "Durations have no pattern and no minimum here",
    reason: "The contract is wider than the API: both sides check durations by their prose.",
  },
] as const;

/** The entry that lets a violation through. */
export function entryFor(
  violation: Violation,
  overlay: readonly Entry[] = OVERLAY,
): Entry | undefined {
  const { operation: name, at, rule, value } = violation;
  return overlay.find(
    (entry) =>
      entry.operations.test(name) &&
      entry.rule === rule &&
      entry.at.includes(at) &&
      (!("value" in entry) || entry.value === value) &&
      (entry.schema === undefined || faults(entry.schema, value, at).length === 0),
  );
}

/** What goes against the contract and is let through by no entry, a line each. */
export function faultsOf(exchanges: readonly Exchange[]): string[] {
  return exchanges
    .flatMap(violations)
    .filter((violation) => entryFor(violation) === undefined)
    .map(
      ({ operation: name, at, rule, value }) =>
        `${name}: ${at} breaks "${rule}" with ${JSON.stringify(value)}`,
    );
}

/** What of an overlay lets nothing through, as "name: place". */
export function unneeded(overlay: readonly Entry[], violations: readonly Violation[]): string[] {
  const used = new Set(
    violations.map((violation) => `${entryFor(violation, overlay)?.name ?? ""}: ${violation.at}`),
  );
  return overlay
    .flatMap(({ name, at }) => at.map((place) => `${name}: ${place}`))
    .filter((entry) => !used.has(entry));
}

function pivKeyRequirements(): Schema {
  const body = bodyOf(operation("PUT /accounts/{account_id}/access/organizations"));
  const schema = propertiesOf(body).mfa_piv_key_requirements;
  if (schema === undefined) throw new Error("The contract has no PIV key requirements.");
  return { ...schema, nullable: true };
}
