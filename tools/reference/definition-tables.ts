import type {
  AnySetting,
  Definition,
  LeafSetting,
  Setting,
} from "../../provider/schema/definition.js";
import { table } from "./table.js";

/** Finds the doc comment of an entry of a definition. */
export type FindComment = (path: string) => string;

/** The tables of a definition: its arguments, and what Cloudflare computes. */
export function tablesOf(definition: Definition, comment: FindComment): string {
  const zones = definition.scopes.includes("zones");
  const settings = Object.entries(definition.settings).flatMap(([name, setting]) => [
    argumentRow(name, setting, comment(`settings.${name}`), zones),
    ...memberRows(name, setting, comment),
  ]);
  const computed = Object.entries(definition.computed).map(([name, { type, apiName: wire }]) => [
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
  if (setting.type !== "object" && setting.type !== "atomic") return [];
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
  const cells = [`\`${name}\``, typeOf(setting), `\`${setting.apiName}\``, level, comment];
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
    case "atomic":
    case "object":
      return "object";
    default:
      return setting.type;
  }
}

function known(values: readonly (string | number)[] | undefined): string {
  return values === undefined ? "" : `: ${values.map((value) => `\`${value}\``).join(", ")}`;
}
