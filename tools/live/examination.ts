import type { AnySetting, Description } from "../../provider/model/description.js";
import { buildChecker } from "../../provider/model/schema.js";
import { unfamiliarValues } from "../../provider/model/unfamiliar.js";
import { isObject, type WireObject } from "../../provider/model/values.js";
import { readRest, readSettings, settingByAnswer } from "../../provider/model/wire.js";

/** What stands for a value that is not known yet: no answer holds it. */
const UNKNOWN = "\0unknown";

/** What of an answer of the API this release does not understand, one line each. */
export function examine(description: Description, live: WireObject): string[] {
  const { additionalSettings, ...settings } = readSettings(description, live);
  const unknown = [
    ...Object.keys(additionalSettings ?? {}),
    ...Object.keys(readRest(description, live)).filter(
      (key) => !description.responseOnly.includes(key),
    ),
    ...unknownMembers(description, live),
  ];
  const refused = buildChecker(description, UNKNOWN)(settings);
  return [
    ...unknown.map((key) => `${key}: not known to this release`),
    ...refused.map(({ path, reason }) => `${path}: would be refused if stated so: ${reason}`),
    ...unfamiliarValues(description, settings, []),
  ];
}

function unknownMembers(description: Description, live: WireObject): string[] {
  return Object.entries(live).flatMap(([key, value]) => {
    const setting: AnySetting | undefined = settingByAnswer(description, key);
    if (setting === undefined || !("members" in setting) || !isObject(value)) return [];
    const known = new Set(Object.values(setting.members).map(({ wire }) => wire));
    return Object.keys(value)
      .filter((member) => !known.has(member))
      .map((member) => `${key}.${member}`);
  });
}

/** Where an answer has another form than each of those that were expected, one line for each key. */
export function unlike(live: WireObject, expected: readonly WireObject[]): string[] {
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
