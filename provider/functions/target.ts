import { isId, type Target } from "../cloudflare/target.js";

/** What a function is asked about: exactly one of the two. */
export interface TargetArgs {
  /** An account: 32 hexadecimal digits. */
  readonly accountId?: string | undefined;
  /** A zone: 32 hexadecimal digits. */
  readonly zoneId?: string | undefined;
}

/** @throws Error where the arguments do not name exactly one account or zone. */
export function targetOf(functionName: string, { accountId, zoneId }: TargetArgs): Target {
  if ((accountId === undefined) === (zoneId === undefined))
    throw new Error(`${functionName}: give exactly one of accountId and zoneId.`);
  const [name, level, id] =
    accountId === undefined
      ? (["zoneId", "zones", zoneId ?? ""] as const)
      : (["accountId", "accounts", accountId] as const);
  if (!isId(id))
    throw new Error(
      `${functionName}: ${name} must be 32 hexadecimal digits, as the dashboard shows it.`,
    );
  return { level, id };
}
