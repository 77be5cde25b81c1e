import type {
  AnySetting,
  Description,
  LeafSetting,
  Setting,
} from "../../provider/model/description.js";
import { table } from "./table.js";

/** Finds the doc comment of an entry of a description. */
export type FindComment = (path: string) => string;

/** The tables of a description: its arguments, and what Cloudflare computes. */
export function tablesOf(description: Description, comment: FindComment): string {
  const zones = description.levels.includes("zones");
  const settings = Object.entries(description.settings).flatMap(([name, setting]) => [
    argumentRow(name, setting, comment(`settings.${name}`), zones),
    ...memberRows(name, setting, comment),
  ]);
  const computed = Object.entries(description.computed).map(([name, { type, wire }]) => [
    `\`${name}\``,
    type,
    `\`${wire}\``,
    comment(`computed.${name}`),
  ]);
  return [
    "## Arguments",
    table(["argument", "type", "in the API", ...(zones ? ["zones"] : []), "what it is"], settings),
    ...(computed.length === 0
      ? []
      : ["## Outputs", table(["output", "type", "in the API", "what it is"], computed)]),
  ].join("\n\n");
}

function memberRows(name: string, setting: Setting, comment: FindComment): string[][] {
  if (setting.type !== "object" && setting.type !== "whole") return [];
  return Object.entries(setting.members).map(([member, leaf]) =>
    argumentRow(
      `${name}.${member}`,
      leaf,
      comment(`settings.${name}.members.${member}`),
      undefined,
    ),
  );
}

/** @param zones Whether there is a column that says what zones take; undefined leaves its cell empty. */
function argumentRow(
  name: string,
  setting: Setting | LeafSetting,
  comment: string,
  zones: boolean | undefined,
): string[] {
  const level = zones === undefined ? "" : zones ? (setting.zone ? "yes" : "no") : undefined;
  const cells = [`\`${name}\``, typeOf(setting), `\`${setting.wire}\``, level, comment];
  return cells.filter((cell) => cell !== undefined);
}

function typeOf(setting: AnySetting): string {
  switch (setting.type) {
    case "list":
      return `${setting.items}[]${known(setting.values)}`;
    case "string":
      return `string${known(setting.values)}`;
    case "integer":
      return `integer, ${setting.min} to ${setting.max}`;
    case "duration":
      return [
        "duration",
        setting.min && `from ${setting.min}`,
        setting.max && `up to ${setting.max}`,
      ]
        .filter(Boolean)
        .join(" ");
    case "whole":
    case "object":
      return "object";
    default:
      return setting.type;
  }
}

function known(values: readonly (string | number)[] | undefined): string {
  return values === undefined ? "" : `: ${values.map((value) => `\`${value}\``).join(", ")}`;
}
