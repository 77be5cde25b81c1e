import { z } from "zod";
import type {
  Definition,
  DurationSetting,
  LeafSetting,
  Members,
  Setting,
  StringSetting,
} from "./definition.js";
import { parseDuration, unitsOf } from "./duration.js";
import { inputNames, closestName } from "./suggest.js";
import type { InputFailure } from "./constraints.js";
import { isObject } from "./values.js";

/** A check of raw arguments against a definition: everything that is wrong, each at its path. */
export type Validator = (args: Readonly<Record<string, unknown>>) => InputFailure[];

/**
 * Builds the zod schema of a definition's settings, and the check that uses it.
 *
 * @param unknown The value that stands for one not known yet, in a preview. It is right anywhere.
 */
export function buildValidator(definition: Definition, unknown: string): Validator {
  const orUnknown = (schema: z.ZodType) => z.union([z.literal(unknown), schema]);
  const settings = Object.fromEntries(
    Object.entries(definition.settings).map(([name, setting]) => [
      name,
      orUnknown(schemaOf(setting, orUnknown)).optional(),
    ]),
  );
  const additional = definition.additionalSettings
    ? { additionalSettings: orUnknown(wireObject(definition)).optional() }
    : {};
  const others = Object.fromEntries(
    (definition.otherInputs ?? []).map((name) => [name, z.unknown().optional()]),
  );
  const schema = z.strictObject({ ...settings, ...additional, ...others });
  return (args) => {
    const result = schema.safeParse(args);
    return result.success
      ? []
      : result.error.issues.flatMap((issue) => problemsOf(issue, [], definition));
  };
}

type Wrap = (schema: z.ZodType) => z.ZodType;

function schemaOf(setting: Setting, orUnknown: Wrap): z.ZodType {
  switch (setting.type) {
    case "object":
      return z.strictObject(
        members(setting.members, (schema) => orUnknown(schema).optional(), orUnknown),
        mustBe("an object"),
      );
    case "atomic":
      return emptyOr(
        z.strictObject(
          members(mandatory(setting.members), orUnknown, orUnknown),
          mustBe("an object"),
        ),
      );
    default:
      return leafSchema(setting, orUnknown);
  }
}

/** Not a union: of two objects zod would tell what is wrong with the one that was not meant. */
function emptyOr(schema: z.ZodType): z.ZodType {
  return z.unknown().superRefine((value, context) => {
    if (isObject(value) && Object.keys(value).length === 0) return;
    for (const issue of schema.safeParse(value).error?.issues ?? []) context.addIssue({ ...issue });
  });
}

/** Members of an object that is only taken complete can't be cleared one by one. */
function mandatory(all: Members): Members {
  return Object.fromEntries(
    Object.entries(all).map(([name, member]) => [name, { ...member, required: true }]),
  );
}

function members(all: Members, wrap: Wrap, orUnknown: Wrap) {
  return Object.fromEntries(
    Object.entries(all).map(([name, member]) => [name, wrap(leafSchema(member, orUnknown))]),
  );
}

function leafSchema(setting: LeafSetting, orUnknown: Wrap): z.ZodType {
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
          : z.string(mustBe("a string")).min(1, "must not be empty");
      return z.array(orUnknown(item), mustBe("a list"));
    }
  }
}

function mustBe(what: string) {
  return {
    error: (issue: { readonly input?: unknown }) =>
      issue.input === undefined
        ? `is missing; it must be ${what}`
        : `must be ${what}, not ${kindOf(issue.input)}`,
  };
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "number") return `the number ${value}`;
  return `a ${typeof value}`;
}

type Fault = (text: string) => string | undefined;

function reportBy(fault: Fault) {
  return (text: string, context: z.RefinementCtx) => {
    const message = fault(text);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  };
}

const HOST =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
/** Loose on purpose: Cloudflare knows its users; this only finds a name or an id in the wrong place. */
const EMAIL = /^[^\s@]+@[^\s@]+$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function stringFault(setting: StringSetting, text: string): string | undefined {
  if (text.trim() === "") {
    if (setting.required) return "must not be empty; it cannot be cleared";
    return text === "" ? undefined : 'must not be blank: state "" to clear it';
  }
  switch (setting.format) {
    case "host":
      return HOST.test(text)
        ? undefined
        : 'must be a full host name such as "team.cloudflareaccess.com", without scheme, port or path';
    case "uuid":
      return UUID.test(text)
        ? undefined
        : 'must be a UUID such as "2fc0579f-8113-47ea-b116-bb5a8db9202a"';
    case "serviceTokenId":
      if (text.includes(".access")) return "must be the service token's id, not its client id";
      return text.length <= 36
        ? undefined
        : "must be the service token's id, at most 36 characters long";
    case "email":
      return EMAIL.test(text) ? undefined : 'must be an email address such as "user@example.com"';
    default:
      return undefined;
  }
}

function durationFault(setting: DurationSetting, text: string): string | undefined {
  if (text === "") return undefined; // clears the setting
  const units = setting.units ?? ["ns", "us", "ms", "s", "m", "h"];
  const length = parseDuration(text);
  if (length === undefined)
    return `must be a duration such as "24h" or "1h30m" (units: ${units.join(", ")}), not ${JSON.stringify(text.slice(0, 40))}`;
  if (length < 0n) return "must not be negative";
  const foreign = unitsOf(text).find(
    (unit) => setting.units !== undefined && !setting.units.includes(unit),
  );
  if (foreign !== undefined) return `takes only the units ${units.join(" and ")}, not ${foreign}`;
  if (setting.min !== undefined && length < (parseDuration(setting.min) ?? 0n))
    return `must be at least ${setting.min}`;
  if (setting.max !== undefined && length > (parseDuration(setting.max) ?? length))
    return `must be at most ${setting.max}`;
  return undefined;
}

/** Wire names reach the request body as they are, so nothing else may pass as one. */
function wireObject(definition: Definition): z.ZodType {
  // Not z.record, which passes over "__proto__".
  return z.custom(isObject, mustBe("an object")).superRefine((value, context) => {
    for (const name of Object.keys(value as object)) {
      const message = wireNameFault(definition, name);
      if (message !== undefined) context.addIssue({ code: "custom", path: [name], message });
    }
  });
}

function wireNameFault({ outputOnly: responseOnly }: Definition, name: string): string | undefined {
  if (responseOnly.includes(name)) return "is computed by Cloudflare and cannot be set";
  return /^[a-z][a-z0-9_]*$/.test(name)
    ? undefined
    : "must be a name of the API, such as new_setting";
}

function problemsOf(
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
      // The last branch is the real one; those before it stand for "not known yet" and "cleared".
      const real = issue.errors.at(-1) ?? [];
      return real.flatMap((inner) => problemsOf(inner, path, definition));
    }
    default:
      return [{ property: pathOf(path), reason: issue.message }];
  }
}

function unknownName(key: string, path: readonly PropertyKey[], definition: Definition): string {
  const parent = path.length === 0 ? undefined : definition.settings[String(path[0])];
  const known =
    parent !== undefined && "members" in parent
      ? Object.keys(parent.members)
      : inputNames(definition);
  const meant = closestName(key, known);
  return meant === undefined
    ? `is not an argument here; there are ${known.join(", ")}`
    : `is not an argument here: did you mean ${meant}?`;
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}
