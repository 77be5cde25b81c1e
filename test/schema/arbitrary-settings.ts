import fc, { type Arbitrary } from "fast-check";
import type {
  Definition,
  LeafSetting,
  ScopeKind,
  Members,
  Setting,
  Settings,
} from "../../provider/schema/definition.js";
import { parseDuration } from "../../provider/schema/duration.js";
import type { SettingValues } from "../../provider/schema/values.js";

/*
 * Values that a definition accepts. Because they are derived from it, a new field is covered as soon as
 * the definition has it.
 */

const MINUTE = 60_000_000_000n;

/** Any valid value of a setting, including its empty values. */
export function valueOf(setting: Setting): Arbitrary<unknown> {
  switch (setting.type) {
    case "object":
      return fc.record(valuesOf(setting.members), { requiredKeys: [] });
    case "atomic":
      return fc.oneof(fc.constant({}), fc.record(valuesOf(mandatory(setting.members))));
    default:
      return leafValue(setting);
  }
}

function leafValue(setting: LeafSetting): Arbitrary<unknown> {
  const empty = setting.required ? [] : [fc.constant("")];
  switch (setting.type) {
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.integer({ min: setting.min, max: setting.max });
    case "duration":
      return fc.oneof(...empty, duration(setting));
    case "list":
      return fc.array(listItem(setting), { maxLength: 3 });
    case "string":
      return fc.oneof(...empty, text(setting));
  }
}

function text(setting: LeafSetting & { type: "string" }): Arbitrary<string> {
  switch (setting.format) {
    case "host":
      return fc.constantFrom("team.cloudflareaccess.com", "other.cloudflareaccess.com");
    case "uuid":
    case "serviceTokenId":
      return fc.constantFrom(
        "2fc0579f-8113-47ea-b116-bb5a8db9202a",
        "f174e90a-fafe-4643-bbbc-4a0ed4fc8415",
      );
    case "email":
      return fc.constantFrom("one@example.com", "other@example.com");
    default:
      return setting.values === undefined
        ? fc.constantFrom("one", "Other", "#C5ed1B", "\u00e9\u4e16\u{1f512}", "a\nb", '"')
        : fc.constantFrom(...setting.values, "a_new_value");
  }
}

function listItem(setting: LeafSetting & { type: "list" }): Arbitrary<string | number> {
  if (setting.format === "zoneName")
    return fc.constantFrom(
      "example.com",
      "Example.org.",
      "bücher.example",
      "xn--bcher-kva.example",
    );
  return fc.constantFrom(
    ...(setting.values ?? ["one", "other"]),
    ...Object.keys(setting.valueAliases ?? {}),
    setting.items === "integer" ? 8192 : "a_new_value",
  );
}

/** A few lengths, each in several spellings, so that equivalent values occur often. */
function duration(setting: LeafSetting & { type: "duration" }): Arbitrary<string> {
  const least = Number((parseDuration(setting.min ?? "0m") ?? 0n) / MINUTE);
  const most = Number((parseDuration(setting.max ?? "8760h") ?? 0n) / MINUTE);
  const lengths = [least, Math.min(least + 60, most), most];
  return fc
    .tuple(fc.constantFrom(...lengths), fc.integer({ min: 0, max: setting.units ? 2 : 3 }))
    .map(([minutes, spelling]) => spelled(minutes, spelling));
}

function spelled(minutes: number, spelling: number): string {
  const inHours = `${Math.floor(minutes / 60)}h${minutes % 60}m`;
  return [`${minutes}m`, inHours, `${minutes / 60}h`, `${inHours}0s`][spelling] ?? inHours;
}

function valuesOf(settings: Settings): Record<string, Arbitrary<unknown>> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [name, valueOf(setting)]),
  );
}

function mandatory(members: Members): Members {
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [name, { ...member, required: true }]),
  );
}

/** The settings that accounts, or zones, accept. */
export function settingsOf({ settings }: Definition, kind: ScopeKind): Settings {
  return Object.fromEntries(
    Object.entries(settings).filter(([, setting]) => kind === "accounts" || setting.zone),
  );
}

/** API names of settings without a typed input. */
export const ADDITIONAL = ["a_new_setting", "another_one"];

/** Any valid inputs, without those that name the account or zone. */
export function declaredFor(definition: Definition, kind: ScopeKind): Arbitrary<SettingValues> {
  const additional = fc.record(Object.fromEntries(ADDITIONAL.map((name) => [name, json])), {
    requiredKeys: [],
  });
  const inputs = Object.entries(settingsOf(definition, kind)).map(
    ([name, setting]) => [name, withUnknownMember(setting)] as const,
  );
  return fc.record(
    {
      ...Object.fromEntries(inputs),
      ...(definition.additionalSettings ? { additionalSettings: additional } : {}),
    },
    { requiredKeys: [] },
  );
}

/** Objects sometimes with a member that only the API knows. An atomic object needs its other members, too. */
function withUnknownMember(setting: Setting): Arbitrary<unknown> {
  const value = valueOf(setting);
  if (setting.type !== "object" && setting.type !== "atomic") return value;
  const unknown = fc.record({ a_new_member: fc.oneof(json, fc.constant("on")) });
  const withMember = fc.tuple(value, unknown).map(([one, other]) => {
    const isCleared = Object.keys(one as object).length === 0;
    return setting.type === "atomic" && isCleared ? one : { ...(one as object), ...other };
  });
  return fc.oneof({ weight: 3, arbitrary: value }, { weight: 1, arbitrary: withMember });
}

/** Any JSON value, small ones often. */
export const json: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, false, "", "text", 0, 1, [], {}),
  fc.jsonValue({ maxDepth: 2 }),
);
