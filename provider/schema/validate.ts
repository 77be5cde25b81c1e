import { z } from "zod";
import type {
  Definition,
  DurationSetting,
  LeafSetting,
  ListSetting,
  Members,
  Setting,
  StringSetting,
} from "./definition.js";
import { parseDuration, unitsOf } from "./duration.js";
import { asciiHost } from "./equality.js";
import { isEmail, isHost, isUuid } from "./formats.js";
import { SCOPE_INPUTS, settingNames } from "./input-names.js";
import { closestName, sameName } from "./suggest.js";
import type { InputFailure } from "./input-failure.js";
import { isEmptyObject } from "./managed-fields.js";
import { isObject, UNKNOWN } from "./values.js";

/** Validates inputs against a definition. Returns every failure, each at its property path. */
export type Validator = (inputs: Readonly<Record<string, unknown>>) => InputFailure[];

/** Builds the zod schema of a definition's settings, and the validator that uses it. */
export function buildValidator(definition: Definition): Validator {
  const settings = Object.fromEntries(
    Object.entries(definition.settings).map(([name, setting]) => [
      name,
      orUnknown(schemaOf(setting)).optional(),
    ]),
  );
  const additional = definition.additionalSettings
    ? { additionalSettings: orUnknown(apiObject(definition)).optional() }
    : {};
  const others = Object.fromEntries(
    (definition.otherInputs ?? []).map((name) => [name, z.unknown().optional()]),
  );
  const schema = z.strictObject({ ...settings, ...additional, ...others });
  return (args) => {
    const issues = schema.safeParse(args, REPORT_INPUT).error?.issues ?? [];
    return issues.flatMap((issue) => failuresOf(issue, [], definition));
  };
}

/** Each issue has the value that caused it, for the detail of the failure. */
const REPORT_INPUT = { reportInput: true };

/** A preview may not know a value yet. */
function orUnknown(schema: z.ZodType): z.ZodType {
  return z.union([z.literal(UNKNOWN), schema]);
}

function schemaOf(setting: Setting): z.ZodType {
  switch (setting.type) {
    case "object":
      return openObject(setting.members, { isComplete: false });
    case "atomic":
      return openObject(setting.members, { isComplete: true });
    default:
      return leafSchema(setting);
  }
}

/**
 * An object that also accepts members under API names that this release does not know.
 *
 * @param isComplete The API accepts an atomic object only complete, or empty, which clears it: its members
 *   cannot be left out or cleared one by one.
 */
function openObject(members: Members, { isComplete }: { readonly isComplete: boolean }): z.ZodType {
  const known = Object.keys(members);
  const shape = Object.entries(members).map(([name, member]) => {
    const schema = orUnknown(leafSchema(isComplete ? { ...member, required: true } : member));
    return [name, isComplete ? schema : schema.optional()] as const;
  });
  const schema = z.looseObject(Object.fromEntries(shape), mustBe("an object"));
  // The keys of the input, because zod leaves out "__proto__".
  return z.unknown().superRefine((value, context) => {
    // Not a union: zod would report the failures of the alternative that was not meant.
    if (isComplete && isEmptyObject(value)) return;
    for (const issue of schema.safeParse(value, REPORT_INPUT).error?.issues ?? [])
      context.addIssue({ ...issue });
    if (!isObject(value)) return;
    const unknown = Object.keys(value).filter(
      (name) => !known.includes(name) && !mayBeNewMember(name, known),
    );
    if (unknown.length > 0)
      context.addIssue({ code: "unrecognized_keys", keys: unknown, input: value });
  });
}

/**
 * Whether a name may be that of a member which the API has and this release does not know. A name that
 * resembles a known member is a typing mistake. With an underscore, only the known member's own API name is
 * one: `logo_paths` may be new, whereas `header_text` is `headerText`.
 */
function mayBeNewMember(name: string, known: readonly string[]): boolean {
  const resembled = name.includes("_") ? sameName(name, known) : closestName(name, known);
  return API_NAME.test(name) && resembled === undefined;
}

const API_NAME = /^[a-z][a-z0-9_]*$/;

function leafSchema(setting: LeafSetting): z.ZodType {
  switch (setting.type) {
    case "boolean":
      return z.boolean(mustBe("true or false"));
    case "integer": {
      const range = `a whole number from ${setting.min} to ${setting.max}`;
      return z.int(mustBe(range)).min(setting.min, mustBe(range)).max(setting.max, mustBe(range));
    }
    case "duration":
      return z
        .string(mustBe('a duration such as "24h"'))
        .superRefine(reportBy((text) => durationFault(setting, text)));
    case "string":
      return z
        .string(mustBe("a string"))
        .superRefine(reportBy((text) => stringFault(setting, text)));
    case "list": {
      const item =
        setting.items === "integer"
          ? z.int(mustBe("a whole number"))
          : z.string(mustBe("a string")).superRefine(reportBy((text) => itemFault(setting, text)));
      return z.array(orUnknown(item), mustBe("a list"));
    }
  }
}

function mustBe(what: string) {
  return {
    error: (issue: { readonly input?: unknown }) =>
      issue.input === undefined ? `is missing; it must be ${what}` : `must be ${what}`,
  };
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "number") return `the number ${value}`;
  return `a ${typeof value}`;
}

/** What is wrong with a value: a reason, with a detail if it repeats the value. */
type Fault = string | Pick<InputFailure, "reason" | "detail">;

function reportBy(faultOf: (text: string) => Fault | undefined) {
  return (text: string, context: z.RefinementCtx) => report(context, faultOf(text));
}

function report(context: z.RefinementCtx, fault: Fault | undefined, path: string[] = []): void {
  if (fault === undefined) return;
  const { reason, detail = "" } = typeof fault === "string" ? { reason: fault } : fault;
  context.addIssue({ code: "custom", path, message: reason, params: { detail } });
}

function itemFault({ format }: ListSetting, text: string): string | undefined {
  if (text === "") return "must not be empty";
  if (format !== "zoneName" || isHost(asciiHost(text.toLowerCase()))) return undefined;
  return 'must be a zone name such as "example.com", without scheme, path or wildcard';
}

function stringFault(setting: StringSetting, text: string): string | undefined {
  if (text.trim() === "") {
    if (setting.required) return "must not be empty; it cannot be cleared";
    return text === "" ? undefined : 'must not be blank. To clear it, declare ""';
  }
  switch (setting.format) {
    case "host":
      return isHost(text)
        ? undefined
        : 'must be a full host name such as "team.cloudflareaccess.com", without scheme, port or path';
    case "uuid":
      return isUuid(text)
        ? undefined
        : 'must be a UUID such as "2fc0579f-8113-47ea-b116-bb5a8db9202a"';
    case "serviceTokenId":
      if (text.includes(".access")) return "must be the service token's id, not its client id";
      return text.length <= 36
        ? undefined
        : "must be the service token's id, at most 36 characters long";
    case "email":
      return isEmail(text) ? undefined : 'must be an email address such as "user@example.com"';
    default:
      return undefined;
  }
}

function durationFault(setting: DurationSetting, text: string): Fault | undefined {
  if (text === "") return undefined; // clears the setting
  const units = setting.units ?? ["ns", "us", "ms", "s", "m", "h"];
  const length = parseDuration(text);
  const days = /^(\d{1,6})d$/.exec(text)?.[1];
  if (days !== undefined) {
    const reason = "must be a Go duration, which has no days";
    const hours = `${Number(days) * 24}h`;
    const fault = durationFault(setting, hours);
    return typeof fault === "string"
      ? `${reason}, and ${fault}`
      : { reason, detail: `. Write "${hours}"` };
  }
  if (length === undefined)
    return {
      reason: `must be a duration such as "24h" or "1h30m" (units: ${units.join(", ")})`,
      detail: `, not ${JSON.stringify(text.slice(0, 40))}`,
    };
  if (length < 0n) return "must not be negative";
  const foreign = unitsOf(text).find(
    (unit) => setting.units !== undefined && !setting.units.includes(unit),
  );
  if (foreign !== undefined)
    return { reason: `accepts only the units ${units.join(" and ")}`, detail: `, not ${foreign}` };
  if (setting.min !== undefined && length < (parseDuration(setting.min) ?? 0n))
    return `must be at least ${setting.min}`;
  if (setting.max !== undefined && length > (parseDuration(setting.max) ?? length))
    return `must be at most ${setting.max}`;
  return undefined;
}

/** API names reach the request body unchanged, so nothing else may pass as one. */
function apiObject(definition: Definition): z.ZodType {
  // Not z.record, which ignores "__proto__".
  return z.custom(isObject, mustBe("an object")).superRefine((value, context) => {
    for (const name of Object.keys(value as object))
      report(context, apiNameFault(definition, name), [name]);
  });
}

function apiNameFault({ outputOnly }: Definition, name: string): Fault | undefined {
  if (outputOnly.includes(name)) return "is computed by Cloudflare and cannot be set";
  return API_NAME.test(name) ? undefined : "must be a name of the API, such as new_setting";
}

function failuresOf(
  issue: z.core.$ZodIssue,
  base: readonly PropertyKey[],
  definition: Definition,
): InputFailure[] {
  const path = [...base, ...issue.path];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        property: pathOf([...path, key]),
        reason: unknownName(key, path, definition),
      }));
    case "invalid_union": {
      // The last branch is the real one. Those before it accept unknown and cleared values.
      const real = issue.errors.at(-1) ?? [];
      return real.flatMap((inner) => failuresOf(inner, path, definition));
    }
    default:
      return [{ property: pathOf(path), reason: issue.message, detail: detailOf(issue) }];
  }
}

/** A value of the wrong type is named by its type. Other checks report a detail of their own, if any. */
function detailOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "custom" && issue.params !== undefined) return String(issue.params.detail);
  return issue.input === undefined ? "" : `, not ${kindOf(issue.input)}`;
}

/** Outputs that programs copy into inputs: of a resource, or `responseOnly` of a function's result. */
const OUTPUTS = ["id", "urn", "outputOnly", "responseOnly"];

function unknownName(key: string, path: readonly PropertyKey[], definition: Definition): string {
  if (path.length === 0 && (OUTPUTS.includes(key) || Object.hasOwn(definition.computed, key)))
    return "is an output, not an input. Leave it out";
  const parent = path.length === 0 ? undefined : definition.settings[String(path[0])];
  const known =
    parent !== undefined && "members" in parent
      ? Object.keys(parent.members)
      : inputNames(definition);
  const meant = closestName(key, known);
  return meant === undefined
    ? `is not an input. The inputs are ${known.join(", ")}`
    : `is not an input. Did you mean ${meant}?`;
}

function inputNames(definition: Definition): string[] {
  const scopes = definition.scopes.map((kind) => SCOPE_INPUTS[kind]);
  return [...scopes, ...settingNames(definition)];
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}
