import { z } from "zod";
import { fieldSchemas, type FieldRules } from "./field-schemas.js";
import type { Behavior } from "./behavior.js";
import {
  requestFields,
  isKnownField,
  FORMER_PIV_KEY_FIELD,
  ZONE_FIELDS,
  type ScopeType,
  type Settings,
} from "./fields.js";
import { toCurrentNames } from "./mfa-names.js";
import { isEmpty } from "./stored-form.js";
import { invalidAuthDomain, invalidConfig } from "./rejections.js";
import { reasons } from "./zod-reasons.js";

/** What decides, in addition to the contract, whether a body is valid. */
export type BodyRules = FieldRules & { newApiFields: ReadonlySet<string> };

/** Fields that null does not clear: two must always have a value, the third needs a complete object. */
const NEVER_NULL: readonly string[] = ["auth_domain", "name", "service_token_inactivity"];

/** Returns the strict schema of a request body, which depends on the scope and the method. */
function organizationSchema(scopeType: ScopeType, verb: "POST" | "PUT", rules: BodyRules) {
  const { behavior, newApiFields } = rules;
  const schemas = fieldSchemas(rules);
  const shape: Record<string, z.ZodType> = {};
  for (const field of requestFields(scopeType, verb)) {
    const apiName =
      behavior.mfaNames === "old" && field === "mfa_piv_key_requirements"
        ? FORMER_PIV_KEY_FIELD
        : field;
    const clearable =
      verb === "PUT" && !NEVER_NULL.includes(field) && !behavior.nullRejectedFor.includes(field);
    const schema = clearable ? schemas[field].nullable() : schemas[field];
    shape[apiName] = verb === "POST" && field === "name" ? schema : schema.optional();
  }
  for (const field of newApiFields) shape[field] ??= z.unknown().optional();
  return z.strictObject(shape);
}

const compiled = new Map<string, ReturnType<typeof organizationSchema>>();

/** Returns a cached schema, because creating one takes longer than the rest of a PUT. */
function cachedSchema(scopeType: ScopeType, verb: "POST" | "PUT", rules: BodyRules) {
  const { behavior, newApiFields, newAuthenticators } = rules;
  const { emptyDuration, mfaNames, nullRejectedFor } = behavior;
  const variants = [
    emptyDuration,
    mfaNames,
    nullRejectedFor,
    [...newApiFields],
    [...newAuthenticators],
  ];
  const key = JSON.stringify([scopeType, verb, ...variants]);
  const schema = compiled.get(key) ?? organizationSchema(scopeType, verb, rules);
  compiled.set(key, schema);
  return schema;
}

/** A host name. Cloudflare rejects a bare team name. */
const HOST = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;

/** Returns the settings of a request body under their current names, or throws a {@link Rejection}. */
export function parseOrganizationBody(
  scopeType: ScopeType,
  verb: "POST" | "PUT",
  body: Settings,
  rules: BodyRules,
): Settings {
  // Cloudflare checks the domain first: it rejects `{name}` alone with 11004, not with 12062.
  const domain = body.auth_domain;
  if (typeof domain !== "string" || !HOST.test(domain)) throw invalidAuthDomain(rules.behavior);
  const relevant = scopeType === "zones" ? zoneBody(body, rules.behavior) : body;
  const parsed = cachedSchema(scopeType, verb, rules).safeParse(relevant);
  if (!parsed.success) throw invalidConfig(...reasons(parsed.error));
  if (rules.behavior.emptyValuesRejected) rejectEmptyValues(body);
  return rules.behavior.mfaNames === "old" ? toCurrentNames(parsed.data) : parsed.data;
}

/** The body of a zone without the fields that only accounts have, if zones ignore them. */
function zoneBody(body: Settings, { zoneAccountFields }: Behavior): Settings {
  if (zoneAccountFields === "rejected") return body;
  return Object.fromEntries(
    Object.entries(body).filter(
      ([field]) => !isKnownField(field) || (ZONE_FIELDS as readonly string[]).includes(field),
    ),
  );
}

function rejectEmptyValues(body: Settings): void {
  const empty = Object.entries(body).filter(([, value]) => value !== null && containsEmpty(value));
  if (empty.length > 0) throw invalidConfig(...empty.map(([key]) => `${key}: is empty`));
}

function containsEmpty(value: unknown): boolean {
  if (isEmpty(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(containsEmpty);
}
