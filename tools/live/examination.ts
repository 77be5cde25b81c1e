import type { AnySetting, Definition } from "../../provider/schema/definition.js";
import { buildValidator } from "../../provider/schema/validate.js";
import { unknownValueWarnings } from "../../provider/schema/unknown-values.js";
import { isObject, type ApiObject } from "../../provider/schema/values.js";
import {
  decodeOutputOnly,
  decodeSettings,
  settingByResponseName,
} from "../../provider/schema/codec.js";

/** What stands for a value that is not known yet: no answer holds it. */
const UNKNOWN = "\0unknown";

/** What of an answer of the API this release does not understand, one line each. */
export function examine(definition: Definition, live: ApiObject): string[] {
  const { additionalSettings, ...settings } = decodeSettings(definition, live);
  const unknown = [
    ...Object.keys(additionalSettings ?? {}),
    ...Object.keys(decodeOutputOnly(definition, live)).filter(
      (key) => !definition.outputOnly.includes(key),
    ),
    ...unknownMembers(definition, live),
  ];
  const refused = buildValidator(definition, UNKNOWN)(settings);
  return [
    ...unknown.map((key) => `${key}: not known to this release`),
    ...refused.map(
      ({ property: path, reason }) => `${path}: would be refused if stated so: ${reason}`,
    ),
    ...unknownValueWarnings(definition, settings, []),
  ];
}

function unknownMembers(definition: Definition, live: ApiObject): string[] {
  return Object.entries(live).flatMap(([key, value]) => {
    const setting: AnySetting | undefined = settingByResponseName(definition, key);
    if (setting === undefined || !("members" in setting) || !isObject(value)) return [];
    const known = new Set(Object.values(setting.members).map(({ apiName: wire }) => wire));
    return Object.keys(value)
      .filter((member) => !known.has(member))
      .map((member) => `${key}.${member}`);
  });
}

/** Where an answer has another form than each of those that were expected, one line for each key. */
export function unlike(live: ApiObject, expected: readonly ApiObject[]): string[] {
  const keys = new Set([live, ...expected].flatMap((answer) => Object.keys(answer)));
  return [...keys].sort().flatMap((key) => {
    const forms = [...new Set(expected.map((answer) => formOf(answer[key])))];
    const form = formOf(live[key]);
    return forms.includes(form)
      ? []
      : [`${key}: answered as ${form}, where the emulator answers ${forms.join(" or ")}`];
  });
}

function formOf(value: unknown): string {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  if (value === "") return "an empty string";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (isObject(value)) return Object.keys(value).length === 0 ? "an empty object" : "an object";
  return `a ${typeof value}`;
}
