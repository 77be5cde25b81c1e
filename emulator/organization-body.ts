import { z } from "zod";
import { fieldSchemas, type FieldRules } from "./field-schemas.js";
import type { Behavior } from "./behavior.js";
import {
  acceptedFields,
  isKnownField,
  OLD_PIV_KEY_FIELD,
  ZONE_FIELDS,
  type Level,
  type Settings,
} from "./fields.js";
import { inTodaysNames } from "./mfa-names.js";
import { isEmpty } from "./normal-form.js";
import { invalidAuthDomain, invalidConfig } from "./rejections.js";
import { reasons } from "./zod-reasons.js";

/** What decides which bodies pass, besides the contract. */
export type BodyRules = FieldRules & { newApiFields: ReadonlySet<string> };

/** Null does not clear these: two must always be there, the third wants its whole object. */
const NEVER_NULL: readonly string[] = ["auth_domain", "name", "service_token_inactivity"];

/** The strict schema of a request body: each level and verb takes its own fields and no other. */
function organizationSchema(level: Level, verb: "POST" | "PUT", rules: BodyRules) {
  const { behavior, newApiFields } = rules;
  const schemas = fieldSchemas(rules);
  const shape: Record<string, z.ZodType> = {};
  for (const field of acceptedFields(level, verb)) {
    const onWire =
      behavior.mfaNames === "old" && field === "mfa_piv_key_requirements"
        ? OLD_PIV_KEY_FIELD
        : field;
    const clearable =
      verb === "PUT" && !NEVER_NULL.includes(field) && !behavior.nullRejectedFor.includes(field);
    const schema = clearable ? schemas[field].nullable() : schemas[field];
    shape[onWire] = verb === "POST" && field === "name" ? schema : schema.optional();
  }
  for (const field of newApiFields) shape[field] ??= z.unknown().optional();
  return z.strictObject(shape);
}

const compiled = new Map<string, ReturnType<typeof organizationSchema>>();

/** The schema for these rules, compiled once: making one takes longer than all the rest of a PUT. */
function compiledSchema(level: Level, verb: "POST" | "PUT", rules: BodyRules) {
  const { behavior, newApiFields, newAuthenticators } = rules;
  const { emptyDuration, mfaNames, nullRejectedFor } = behavior;
  const variants = [
    emptyDuration,
    mfaNames,
    nullRejectedFor,
    [...newApiFields],
    [...newAuthenticators],
  ];
  const key = JSON.stringify([level, verb, ...variants]);
  const schema = compiled.get(key) ?? organizationSchema(level, verb, rules);
  compiled.set(key, schema);
  return schema;
}

/** The full host is asked for: a bare team name is refused as if there were none. */
const HOST = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;

/** The settings that a request body states, under today's names; a {@link Refusal} otherwise. */
export function acceptedBody(
  level: Level,
  verb: "POST" | "PUT",
  body: Settings,
  rules: BodyRules,
): Settings {
  // 11004 comes before everything else: `{name}` alone is answered with it and not with 12062.
  const domain = body.auth_domain;
  if (typeof domain !== "string" || !HOST.test(domain)) throw invalidAuthDomain(rules.behavior);
  const taken = level === "zones" ? zoneBody(body, rules.behavior) : body;
  const parsed = compiledSchema(level, verb, rules).safeParse(taken);
  if (!parsed.success) throw invalidConfig(...reasons(parsed.error));
  if (rules.behavior.emptyValuesRejected) refuseEmptyValues(body);
  return rules.behavior.mfaNames === "old" ? inTodaysNames(parsed.data) : parsed.data;
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

function refuseEmptyValues(body: Settings): void {
  const empty = Object.entries(body).filter(([, value]) => value !== null && holdsEmptiness(value));
  if (empty.length > 0) throw invalidConfig(...empty.map(([key]) => `${key}: is empty`));
}

function holdsEmptiness(value: unknown): boolean {
  if (isEmpty(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsEmptiness);
}
