import type { Emulator, Settings } from "../../emulator/index.js";

/** An account id: 32 hexadecimal digits, readable in failures. */
export function accountId(number: number): string {
  return number.toString().padStart(32, "0");
}

/** The path of an account's organization, as the emulator logs it. */
export function organizationPath(account: string): string {
  return `/accounts/${account}/access/organizations`;
}

/** The verbs of the requests about an account's organization since the log was last cleared. */
export function requestsTo(emulator: Emulator, account: string): string[] {
  return emulator.requests
    .filter(({ path }) => path === organizationPath(account))
    .map(({ method }) => method);
}

/** What is set in a live organization: false and empty say the same as absent, and the times are left out. */
export function liveSettings(emulator: Emulator, account: string): Settings | undefined {
  const live = emulator.organization("accounts", account);
  if (live === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(live).filter(([key, value]) => !TIMES.includes(key) && isSet(value)),
  );
}

const TIMES = ["created_at", "updated_at"];

function isSet(value: unknown): boolean {
  return value !== false && value !== "" && !(Array.isArray(value) && value.length === 0);
}
