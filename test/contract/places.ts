import { propertiesOf, type Schema } from "./contract.js";

/** Every place that a schema has: "login_design", "login_design/text_color". */
export function placesOf(schema: Schema | undefined, at = ""): string[] {
  return Object.entries(propertiesOf(schema)).flatMap(([name, property]) => [
    `${at}${name}`,
    ...placesOf(property, `${at}${name}/`),
  ]);
}

/** Every place that a value has something at. */
export function placesIn(value: unknown, at = ""): string[] {
  return members(value).flatMap(([name, member]) => [
    `${at}${name}`,
    ...placesIn(member, `${at}${name}/`),
  ]);
}

/** Every value that a schema lists, as "mfa_piv_key_requirements/pin_policy: once". */
export function listedValues(schema: Schema | undefined, at = ""): string[] {
  return Object.entries(propertiesOf(schema)).flatMap(([name, property]) => [
    ...(property.enum ?? property.items?.enum ?? []).map((one) => `${at}${name}: ${String(one)}`),
    ...listedValues(property, `${at}${name}/`),
  ]);
}

/** Every value that is found in a value, in the form of the listed ones. */
export function foundValues(value: unknown, at = ""): string[] {
  return members(value).flatMap(([name, member]) => [
    ...[member].flat().map((one) => `${at}${name}: ${String(one)}`),
    ...foundValues(member, `${at}${name}/`),
  ]);
}

/** What of a list is missing in another. */
export function missing(wanted: readonly string[], found: readonly string[]): string[] {
  const there = new Set(found);
  return wanted.filter((one) => !there.has(one));
}

function members(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : [];
}
