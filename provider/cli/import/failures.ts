import { indented, type Terminal } from "../terminal.js";
import type { Failure } from "./read-all.js";

/** Tells which accounts are not in the files, each reason once. */
export function logFailures(tell: Terminal["log"], failures: readonly Failure[]): void {
  const told = new Set<string>();
  for (const { id, name, outcome, error } of failures) {
    const what = `${name === undefined ? id : `${name} (${id})`} was ${outcome}`;
    const reason = comparable(id, error);
    tell(told.has(reason) ? `${what}, for the same reason.` : `${what}:\n${indented(error)}`);
    told.add(reason);
  }
}

/** A reason without what no two requests share. */
function comparable(id: string, error: string): string {
  return error.replaceAll(id, "").replace(/\(ray id [^)]*\)/g, "");
}

/** A line of how many accounts are not in the files. */
export function failureSummary(failures: readonly Failure[]): string[] {
  return (["not read", "left out"] as const).flatMap((outcome) => {
    const many = failures.filter((failure) => failure.outcome === outcome).length;
    const accounts = many === 1 ? "1 account" : `${many} accounts`;
    return many === 0 ? [] : [`${accounts} could not be ${VERBS[outcome]}.`];
  });
}

const VERBS = { "not read": "read", "left out": "taken in" } as const;
