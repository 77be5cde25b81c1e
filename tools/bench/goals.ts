import type { Operation } from "./operations.js";

/** A figure that must be reached, and the one that is aimed at; smaller is better. */
export interface Goal {
  readonly reach: number;
  readonly aim: number;
}

/** From this many resources on, the goals for many hold. */
const MANY = 200;

const FOR_ONE: Partial<Record<Operation, Goal>> = {
  up: { reach: 1.05, aim: 1 },
  preview: { reach: 1.05, aim: 1 },
  refresh: { reach: 1.1, aim: 1.04 },
  destroy: { reach: 1.05, aim: 1 },
};

/** Real HTTP calls are included, of which a no-op resource makes none. */
const FOR_MANY: Partial<Record<Operation, Goal>> = {
  up: { reach: 0.9, aim: 0.8 },
  preview: { reach: 1, aim: 0.9 },
  refresh: { reach: 1.2, aim: 1.1 },
  destroy: { reach: 1, aim: 0.9 },
};

export function timeGoal(operation: Operation, resources: number): Goal | undefined {
  if (resources === 1) return FOR_ONE[operation];
  return resources >= MANY ? FOR_MANY[operation] : undefined;
}

export function stateGoal(resources: number): Goal | undefined {
  return resources >= MANY ? { reach: 0.54, aim: 0.45 } : undefined;
}

export function pluginMemoryGoal(resources: number): Goal | undefined {
  return resources >= 1000 ? { reach: 1.3, aim: 1.3 } : undefined;
}

/** What a resource costs among many, against what it costs among few. */
export const FLAT: Goal = { reach: 1.1, aim: 1.1 };

/** Milliseconds from loading the provider to the first request of a refresh. */
export const FIRST_REQUEST_MS: Goal = { reach: 80, aim: 60 };

/** `✓` where a goal is reached, `✓✓` where its aim is too. */
export function verdict(goal: Goal | undefined, figure: number | undefined): string {
  if (goal === undefined || figure === undefined) return "";
  if (figure > goal.reach) return "✗";
  return figure <= goal.aim && goal.aim < goal.reach ? "✓✓" : "✓";
}

/** `≤1.05 (1.00)`, or without the brackets where the aim is the goal. */
export function described(goal: Goal | undefined, unit: (figure: number) => string): string {
  if (goal === undefined) return "";
  const aim = goal.aim < goal.reach ? ` (${unit(goal.aim)})` : "";
  return `≤${unit(goal.reach)}${aim}`;
}
