import { isId, type Target } from "../cloudflare/target.js";
import type { Description } from "../model/description.js";
import { argumentNames } from "../model/names.js";
import type { Problem } from "../model/rules.js";
import { modernise } from "../model/spelling.js";
import type { SettingValues } from "../model/values.js";

/** The arguments that say what the settings belong to. */
const TARGETS = { accountId: "accounts", zoneId: "zones" } as const;

/** Arguments of a resource, apart: what they belong to, and the settings they state. */
export interface Arguments {
  readonly accountId?: unknown;
  readonly zoneId?: unknown;
  readonly settings: SettingValues;
  /** Of the settings of a resource in state, those that no answer has shown since they were written. */
  readonly unanswered?: readonly string[] | undefined;
}

export function separate(args: SettingValues): Arguments {
  const { accountId, zoneId, ...settings } = args;
  return { accountId, zoneId, settings };
}

/**
 * The settings among inputs or outputs, under today's names. State may be an older release's: what it
 * holds under a former name would read as a setting that is gone. No computed output shares a name with
 * a setting.
 */
export function settingsIn(description: Description, properties: SettingValues): SettingValues {
  const names = argumentNames(description);
  const { stated } = modernise(description, properties);
  return Object.fromEntries(Object.entries(stated).filter(([name]) => names.includes(name)));
}

/** The account or zone that checked arguments name. */
export function targetOf({ accountId, zoneId }: Omit<Arguments, "settings">): Target {
  if (typeof accountId === "string") return { level: "accounts", id: accountId };
  if (typeof zoneId === "string") return { level: "zones", id: zoneId };
  throw new Error("Neither accountId nor zoneId is stated.");
}

/** The argument that names a target, as outputs and inputs hold it. */
export function targetArgument({ level, id }: Target): { accountId: string } | { zoneId: string } {
  return level === "accounts" ? { accountId: id } : { zoneId: id };
}

/** What is wrong with the arguments that name the account or zone. */
export function targetProblems(
  description: Pick<Description, "noun" | "levels">,
  { accountId, zoneId }: Omit<Arguments, "settings">,
  isUnknown: (value: unknown) => boolean,
): Problem[] {
  const stated = { accountId, zoneId };
  if (zoneId !== undefined && !description.levels.includes("zones"))
    return [{ path: "zoneId", reason: `is not taken: ${description.noun} belong to an account` }];
  if (accountId === undefined && zoneId === undefined) {
    const wanted = description.levels.includes("zones") ? "state either it or zoneId" : "state it";
    return [{ path: "accountId", reason: `is missing: ${wanted}` }];
  }
  const both = accountId !== undefined && zoneId !== undefined;
  return [
    ...(both ? [{ path: "zoneId", reason: "excludes accountId: state one of them" }] : []),
    ...Object.keys(TARGETS).flatMap((path) => {
      const value = stated[path as keyof typeof TARGETS];
      const fine =
        value === undefined || isUnknown(value) || (typeof value === "string" && isId(value));
      return fine
        ? []
        : [{ path, reason: "must be 32 hexadecimal digits, as the dashboard shows it" }];
    }),
  ];
}

/** Stated settings that a zone does not take. */
export function levelProblems(description: Description, args: Arguments): Problem[] {
  const isZone = args.zoneId !== undefined && args.accountId === undefined;
  if (!isZone || !description.levels.includes("zones")) return [];
  const taken = Object.keys(description.settings).filter(
    (name) => description.settings[name]?.zone,
  );
  return Object.keys(args.settings)
    .filter((name) => name in description.settings && !taken.includes(name))
    .map((path) => ({ path, reason: `is not taken by a zone, which takes ${taken.join(", ")}` }));
}
