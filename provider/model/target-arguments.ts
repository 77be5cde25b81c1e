import type { Level } from "./description.js";

/** The argument by which a program names what an object belongs to, at each level of the API. */
export const TARGET_ARGUMENTS = {
  accounts: "accountId",
  zones: "zoneId",
} as const satisfies Record<Level, string>;

export type TargetArgument = (typeof TARGET_ARGUMENTS)[Level];

/** What arguments name an account or a zone by; nothing checked yet. */
export type TargetArguments = Readonly<Partial<Record<TargetArgument, unknown>>>;

/** An account or zone that arguments name. */
export interface StatedTarget {
  readonly name: TargetArgument;
  readonly level: Level;
  readonly id: unknown;
}

/** The accounts and zones that arguments name: exactly one of them, if the arguments are right. */
export function statedTargets(args: TargetArguments): StatedTarget[] {
  return LEVELS.map((level) => {
    const name = TARGET_ARGUMENTS[level];
    return { name, level, id: args[name] };
  }).filter(({ id }) => id !== undefined);
}

/** The arguments that name another account or zone than before. In another letter case it is the same. */
export function movedTargets(before: TargetArguments, after: TargetArguments): TargetArgument[] {
  return Object.values(TARGET_ARGUMENTS).filter(
    (name) => canonical(before[name]) !== canonical(after[name]),
  );
}

const LEVELS = Object.keys(TARGET_ARGUMENTS) as Level[];

function canonical(id: unknown): unknown {
  return typeof id === "string" ? id.toLowerCase() : id;
}
