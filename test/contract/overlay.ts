import { bodySchema, operation, propertiesOf, type Schema } from "./contract.js";
import type { Exchange } from "./recording-proxy.js";
import { missing } from "./schema-paths.js";
import { schemaViolations, violations, type Violation } from "./violations.js";

/**
 * A permitted difference from the contract. Everything that is not listed here must conform to the
 * contract.
 */
interface Entry {
  /** Why the difference is permitted. */
  readonly reason: string;
  readonly operations: RegExp;
  /** The violated keyword of the schema, or `unknown` for a field that is not in the schema. */
  readonly rule: string;
  readonly at: readonly string[];
  /** The only permitted value. Default: any value. */
  readonly value?: unknown;
  /** The schema of a field that is not in the contract. */
  readonly schema?: Schema;
}

const ORGANIZATION = /access\/organizations$/;
const REPLACEMENT = /^PUT .*access\/organizations$/;
const DOH = /access\/organizations\/doh$/;

/** A setting that Cloudflare might add. */
export const NEW_SETTING = "warp_shiny_new_setting";
/** An authenticator that Cloudflare might add. */
export const NEW_AUTHENTICATOR = "retina_scan";

/** Fields that responses contain and that are not in the schema. */
export const UNDOCUMENTED = [
  "cache_device_posture",
  "has_migrated_private_apps",
  "mfa_configuration_allowed",
  "trusted_accounts",
];

const OVERLAY: readonly Entry[] = [
  {
    reason: "Live responses contain them, but the schema does not. Requests must not contain them.",
    operations: ORGANIZATION,
    rule: "unknown",
    at: UNDOCUMENTED.filter((name) => name !== "trusted_accounts").map(
      (name) => `response/result/${name}`,
    ),
    schema: { type: "boolean" },
  },
  {
    reason:
      "Live responses contain the list, but the schema does not. Requests must not contain it.",
    operations: ORGANIZATION,
    rule: "unknown",
    at: ["response/result/trusted_accounts"],
    schema: { type: "array", items: { type: "string" } },
  },
  {
    reason: "Often the only place with the real reason.",
    operations: /./,
    rule: "unknown",
    at: ["response/errors/*/error_chain"],
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
    reason: "Cloudflare's own Terraform provider clears settings with null.",
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
    reason: "No way to unset them is documented. Null clears the settings of the organization.",
    operations: DOH,
    rule: "type",
    at: ["request/doh_jwt_duration", "request/service_token_id"],
    value: null,
  },
  {
    reason: "In responses, an unset object is absent or null.",
    operations: ORGANIZATION,
    rule: "type",
    at: ["response/result/mfa_config"],
    value: null,
  },
  {
    reason: "Responses may spell out unset members of an object as empty strings.",
    operations: ORGANIZATION,
    rule: "format",
    at: ["response/result/mfa_config/required_aaguids"],
    value: "",
  },
  {
    reason: "The response without settings is not documented; null is likely.",
    operations: DOH,
    rule: "type",
    at: ["response/result"],
    value: null,
  },
  {
    reason: "The documentation shows 200 where the schemas say 201, so the client accepts any 2xx.",
    operations: /^(?:POST .*organizations|PUT .*doh)$/,
    rule: "status",
    at: ["response"],
    value: 200,
  },
  {
    reason: "The schema of revoke_user lacks fields that every other response has.",
    operations: /revoke_user$/,
    rule: "unknown",
    at: ["response/errors", "response/messages"],
    schema: { type: "array", items: { type: "object" } },
  },
  {
    reason: "Errors of the edge, such as those of the rate limit, have codes below 1000.",
    operations: /./,
    rule: "minimum",
    at: ["response/errors/*/code"],
    value: 971,
  },
  {
    reason:
      "The name until mid-2026. A field that responses have under this name is sent under it.",
    operations: ORGANIZATION,
    rule: "unknown",
    at: ["request/mfa_ssh_piv_key_requirements", "response/result/mfa_ssh_piv_key_requirements"],
    schema: pivKeyRequirements(),
  },
  {
    reason: "The name until mid-2026, in lists that are sent back unchanged.",
    operations: ORGANIZATION,
    rule: "enum",
    at: [
      "request/mfa_config/allowed_authenticators/*",
      "response/result/mfa_config/allowed_authenticators/*",
    ],
    value: "ssh_piv_key",
  },
  {
    reason:
      "The API adds settings months before tools know them, so unknown settings are sent unchanged.",
    operations: ORGANIZATION,
    rule: "unknown",
    at: [`request/${NEW_SETTING}`, `response/result/${NEW_SETTING}`],
  },
  {
    reason: "The API adds enum values, so unknown ones pass with a warning.",
    operations: ORGANIZATION,
    rule: "enum",
    at: [
      "request/mfa_config/allowed_authenticators/*",
      "response/result/mfa_config/allowed_authenticators/*",
    ],
    value: NEW_AUTHENTICATOR,
  },
];

/** Returns the entry that permits a violation. */
function entryFor({ operation: name, at, rule, value }: Violation): Entry | undefined {
  return OVERLAY.find(
    (entry) =>
      entry.operations.test(name) &&
      entry.rule === rule &&
      entry.at.includes(at) &&
      (!("value" in entry) || entry.value === value) &&
      (entry.schema === undefined || schemaViolations(entry.schema, value, at).length === 0),
  );
}

/** Returns a line for each violation of the contract that no entry permits. */
export function describeViolations(exchanges: readonly Exchange[]): string[] {
  return exchanges
    .flatMap(violations)
    .filter((violation) => entryFor(violation) === undefined)
    .map(
      ({ operation: name, at, rule, value }) =>
        `${name}: ${at} violates "${rule}" with ${JSON.stringify(value)}`,
    );
}

/** Returns the parts of the overlay that permit no violation of these exchanges, as "path: reason". */
export function unusedEntries(exchanges: readonly Exchange[]): string[] {
  const used = exchanges
    .flatMap(violations)
    .map((violation) => `${violation.at}: ${entryFor(violation)?.reason ?? ""}`);
  return missing(
    OVERLAY.flatMap(({ reason, at }) => at.map((path) => `${path}: ${reason}`)),
    used,
  );
}

function pivKeyRequirements(): Schema {
  const body = bodySchema(operation("PUT /accounts/{account_id}/access/organizations"));
  const schema = propertiesOf(body).mfa_piv_key_requirements;
  if (schema === undefined) throw new Error("The contract has no PIV key requirements.");
  return { ...schema, nullable: true };
}
