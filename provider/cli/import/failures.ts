import { indented, type Terminal } from "../terminal.js";
import type { ImportFailure } from "./read-list.js";

/** Logs the accounts that are not in the files. A reason that several accounts share is printed once. */
export function logFailures(log: Terminal["log"], failures: readonly ImportFailure[]): void {
  const reported = new Set<string>();
  for (const { id, name, outcome, error } of failures) {
    const what = `${OUTCOMES[outcome]} ${name === undefined ? id : `${name} (${id})`}`;
    const reason = withoutIds(id, error);
    log(reported.has(reason) ? `${what}: same reason.` : `${what}:\n${indented(error)}`);
    reported.add(reason);
  }
}

const OUTCOMES = { "not read": "Cannot read", "duplicate name": "Cannot import" } as const;

/** Two requests never share the ray id. */
function withoutIds(id: string, error: string): string {
  const [, bareId = id] = id.split("/");
  return error.replaceAll(bareId, "").replace(/\(ray id [^)]*\)/g, "");
}

/** Returns how many accounts are not in the files. */
export function failureSummary(failures: readonly ImportFailure[]): string {
  const accounts = failures.length === 1 ? "1 account" : `${failures.length} accounts`;
  return `${accounts} could not be imported.`;
}
