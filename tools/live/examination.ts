import type { Definition } from "../../provider/schema/definition.js";
import { describeFailure } from "../../provider/schema/input-failure.js";
import { buildValidator } from "../../provider/schema/validate.js";
import { unknownValueWarnings } from "../../provider/schema/unknown-values.js";
import { isObject, type ApiObject } from "../../provider/schema/values.js";
import { decodeOutputOnly, decodeSettings } from "../../provider/schema/codec.js";

/** Returns one line for each part of a response that this release does not know. */
export function examine(definition: Definition, live: ApiObject): string[] {
  const { additionalSettings, ...settings } = decodeSettings(definition, live);
  const unknown = [
    ...Object.keys(additionalSettings ?? {}),
    ...Object.keys(decodeOutputOnly(definition, live)).filter(
      (key) => !definition.outputOnly.includes(key),
    ),
  ];
  const failures = buildValidator(definition)(settings);
  return [
    ...unknown.map((key) => `${key}: unknown to this release`),
    ...failures
      .map((failure) => describeFailure(failure))
      .map(
        ({ property: path, reason }) =>
          `${path}: a program that declares this value is rejected: ${reason}`,
      ),
    ...unknownValueWarnings(definition, settings, []),
  ];
}

/** Returns one line for each key whose value has another form than in every expected response. */
export function unexpectedForms(live: ApiObject, expected: readonly ApiObject[]): string[] {
  const keys = new Set([live, ...expected].flatMap((answer) => Object.keys(answer)));
  return [...keys].sort().flatMap((key) => {
    const forms = [...new Set(expected.map((answer) => formOf(answer[key])))];
    const form = formOf(live[key]);
    return forms.includes(form)
      ? []
      : [`${key}: the response has ${form}, and the emulator's has ${forms.join(" or ")}`];
  });
}

function formOf(value: unknown): string {
  if (value === undefined) return "no value";
  if (value === null) return "null";
  if (value === "") return "an empty string";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (isObject(value)) return Object.keys(value).length === 0 ? "an empty object" : "an object";
  return `a ${typeof value}`;
}
