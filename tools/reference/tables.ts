import { z } from "zod";
import { driftReport, PARTS } from "../../provider/cli/drift/report-schema.js";
import { ENVIRONMENT_VARIABLES, type OptionName } from "../../provider/cloudflare/credentials.js";
import type {
  AnySetting,
  Definition,
  LeafSetting,
  Setting,
} from "../../provider/schema/definition.js";
import { markdownTable } from "../markdown-table.js";
import { SourceFile, type Property } from "./source-file.js";

const code = (text: string) => `\`${text}\``;

/** An input that is not a setting of the definition: its doc comment, what it is in a request, and whether zones have it. */
export interface OtherInput extends Property {
  readonly inRequests: string;
  readonly zone: boolean;
}

/** The inputs of a resource that are not settings, before and after those. */
export interface OtherInputs {
  readonly scope: readonly OtherInput[];
  readonly others: readonly OtherInput[];
}

/** The tables of a resource definition: its inputs, and its computed outputs. */
export function definitionTables(
  definition: Definition,
  source: SourceFile,
  { scope, others }: OtherInputs,
): string {
  const hasZones = definition.scopes.includes("zones");
  const row = (name: string, setting: Setting | LeafSetting, entry: string, zone: boolean) => [
    code(name),
    typeOf(setting),
    code(setting.apiName),
    ...(hasZones ? [zone ? "yes" : "no"] : []),
    source.entryComment(entry),
  ];
  const inputs = Object.entries(definition.settings).flatMap(([name, setting]) => {
    const zone = setting.zone === true;
    return [
      row(name, setting, `settings.${name}`, zone),
      ...membersOf(setting).map(([member, leaf]) =>
        row(`${name}.${member}`, leaf, `settings.${name}.members.${member}`, zone),
      ),
    ];
  });
  const otherRow = ({ name, type, inRequests, zone, comment }: OtherInput) => [
    code(name),
    type,
    inRequests,
    ...(hasZones ? [zone ? "yes" : "no"] : []),
    comment,
  ];
  const outputs = Object.entries(definition.computed).map(([name, { type, apiName }]) => [
    code(name),
    type,
    code(apiName),
    source.entryComment(`computed.${name}`),
  ]);
  const zones = hasZones ? ["zones"] : [];
  return [
    "## Inputs",
    markdownTable(
      ["input", "type", "API name", ...zones, "description"],
      [...scope.map(otherRow), ...inputs, ...others.map(otherRow)],
    ),
    ...(outputs.length === 0
      ? []
      : ["## Outputs", markdownTable(["output", "type", "API name", "description"], outputs)]),
  ].join("\n\n");
}

/** The properties of an object setting. */
function membersOf(setting: Setting): [name: string, leaf: LeafSetting][] {
  return setting.type === "object" || setting.type === "atomic"
    ? Object.entries(setting.members)
    : [];
}

/** A table of the changes that are risky, with their impact. */
export function riskTable(definitions: readonly Definition[]): string {
  const rows = definitions
    .flatMap(({ settings }) => Object.entries(settings))
    .flatMap(([name, setting]) => [
      ...riskRows(name, setting),
      ...membersOf(setting).flatMap(([member, leaf]) => riskRows(`${name}.${member}`, leaf)),
    ]);
  return markdownTable(["setting", "change", "impact"], rows);
}

function riskRows(name: string, { risks = [] }: Setting | LeafSetting): string[][] {
  return risks.map(({ when, impact }) => [code(name), when, `${impact}.`]);
}

function typeOf(setting: AnySetting): string {
  switch (setting.type) {
    case "list":
      return `${setting.items}[]${knownValues(setting.values)}`;
    case "string":
      return `string${knownValues(setting.values)}`;
    case "integer":
      return `integer, ${setting.min} to ${setting.max}`;
    case "duration": {
      const { min, max } = setting;
      return ["duration", min && `from ${min}`, max && `up to ${max}`].filter(Boolean).join(" ");
    }
    case "atomic":
      return "object";
    default:
      return setting.type;
  }
}

function knownValues(values: readonly (string | number)[] | undefined): string {
  return values === undefined ? "" : `: ${values.map((value) => code(String(value))).join(", ")}`;
}

/** A table of properties. */
export function propertyTable(head: string, properties: readonly Property[]): string {
  const rows = properties.map(({ name, type, comment }) => [code(name), type, comment]);
  return markdownTable([head, "type", "description"], rows);
}

/** The keys that `@pulumi/cloudflare` reads in its namespace. It rejects a stack with other keys there. */
const SHARED = ["apiToken", "apiKey", "email", "baseUrl"];

/** The options of a `Provider`, with their environment variables and configuration keys. */
export function providerOptions(): string {
  const rows = new SourceFile("provider/resources/provider.ts")
    .interfaceProperties("ProviderArgs")
    .map(({ name, type, comment }) => [
      code(name),
      type,
      code(ENVIRONMENT_VARIABLES[name as OptionName]),
      code(`${SHARED.includes(name) ? "cloudflare" : "zerotrust"}:${name}`),
      comment,
    ]);
  const head = ["option", "type", "environment variable", "stack configuration", "description"];
  return markdownTable(head, rows);
}

/** What the tables need of a JSON Schema. */
interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** Allows unknown fields, because a later release may add some. */
function jsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "input" }) as JsonSchema;
}

/** The JSON Schema of `drift --json`. */
export function driftReportSchema(): string {
  return JSON.stringify({ title: "Zero Trust drift report", ...jsonSchema(driftReport) });
}

/** One table for each part of the drift report. */
export function driftReportTables(): string {
  return Object.entries(PARTS)
    .map(([name, part]) => {
      const { properties = {}, required = [] } = jsonSchema(part);
      const rows = Object.entries(properties).map(([field, schema]) => [
        code(field),
        jsonType(schema),
        required.includes(field) ? "yes" : "no",
        schema.description,
      ]);
      return `### ${name}\n\n${markdownTable(["field", "type", "always present", "description"], rows)}`;
    })
    .join("\n\n");
}

function jsonType({ type, const: constant, enum: values }: JsonSchema): string {
  const known = constant === undefined ? values : [constant];
  if (known === undefined) return type ?? "any";
  return known.map((value) => code(JSON.stringify(value))).join(", ");
}
