import { isId, type Target } from "../cloudflare/target.js";
import type { Description } from "../model/description.js";
import { argumentNames } from "../model/names.js";
import type { Problem } from "../model/rules.js";
import { modernise } from "../model/spelling.js";
import {
  statedTargets,
  TARGET_ARGUMENTS,
  type TargetArguments,
} from "../model/target-arguments.js";
import type { SettingValues } from "../model/values.js";

/** Arguments of a resource, apart: what they belong to, and the settings they state. */
export interface Arguments extends TargetArguments {
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
export function targetOf(args: TargetArguments): Target {
  for (const { level, id } of statedTargets(args)) if (typeof id === "string") return { level, id };
  throw new Error("Neither accountId nor zoneId is stated.");
}

/** The argument that names a target, as outputs and inputs hold it. */
export function targetArgument({ level, id }: Target): SettingValues {
  return { [TARGET_ARGUMENTS[level]]: id };
}

/** What is wrong with the arguments that name the account or zone. */
export function targetProblems(
  description: Pick<Description, "noun" | "levels">,
  { accountId, zoneId }: TargetArguments,
  isUnknown: (value: unknown) => boolean,
): Problem[] {
  const stated = statedTargets({ accountId, zoneId });
  if (zoneId !== undefined && !description.levels.includes("zones"))
    return [{ path: "zoneId", reason: `is not taken: ${description.noun} belong to an account` }];
  if (stated.length === 0) {
    const wanted = description.levels.includes("zones") ? "state either it or zoneId" : "state it";
    return [{ path: "accountId", reason: `is missing: ${wanted}` }];
  }
  return [
    ...(stated.length > 1
      ? [{ path: "zoneId", reason: "excludes accountId: state one of them" }]
      : []),
    ...stated
      .filter(({ id }) => !isUnknown(id) && !(typeof id === "string" && isId(id)))
      .map(({ name }) => ({
        path: name,
        reason: "must be 32 hexadecimal digits, as the dashboard shows it",
      })),
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
