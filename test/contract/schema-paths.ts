import { propertiesOf, type Schema } from "./contract.js";

/** Returns every path in a schema: "login_design", "login_design/text_color". */
export function schemaPaths(schema: Schema | undefined, at = ""): string[] {
  return Object.entries(propertiesOf(schema)).flatMap(([name, property]) => [
    `${at}${name}`,
    ...schemaPaths(property, `${at}${name}/`),
  ]);
}

/** Returns every path in a value. */
export function valuePaths(value: unknown, at = ""): string[] {
  return members(value).flatMap(([name, member]) => [
    `${at}${name}`,
    ...valuePaths(member, `${at}${name}/`),
  ]);
}

/** Returns every enum value of a schema, as "mfa_piv_key_requirements/pin_policy: once". */
export function listedValues(schema: Schema | undefined, at = ""): string[] {
  return Object.entries(propertiesOf(schema)).flatMap(([name, property]) => [
    ...(property.enum ?? property.items?.enum ?? []).map((one) => `${at}${name}: ${String(one)}`),
    ...listedValues(property, `${at}${name}/`),
  ]);
}

/** Returns every leaf of a value in the same form. */
export function foundValues(value: unknown, at = ""): string[] {
  return members(value).flatMap(([name, member]) => [
    ...[member].flat().map((one) => `${at}${name}: ${String(one)}`),
    ...foundValues(member, `${at}${name}/`),
  ]);
}

/** Returns the items of a list that another one lacks. */
export function missing(wanted: readonly string[], found: readonly string[]): string[] {
  const present = new Set(found);
  return wanted.filter((one) => !present.has(one));
}

function members(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : [];
}
