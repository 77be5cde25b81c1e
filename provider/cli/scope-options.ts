import { Option, type Command } from "commander";
import { isId, type Scope } from "../cloudflare/scope.js";
import { UsageError } from "./errors.js";

/** Options that name an account or a zone. */
export interface ScopeOptions {
  readonly accountId?: string;
  readonly zoneId?: string;
}

const DEFAULT_ACCOUNT = "CLOUDFLARE_ACCOUNT_ID";

export function withScopeOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--account-id <id>",
        `Id of the account, 32 hexadecimal digits (default: $${DEFAULT_ACCOUNT})`,
      ),
    )
    .addOption(
      new Option("--zone-id <id>", "Id of a zone, instead of an account").conflicts("accountId"),
    );
}

/**
 * Returns the account or the zone of the options, or the account of CLOUDFLARE_ACCOUNT_ID.
 *
 * @throws UsageError if the id is not 32 hexadecimal digits.
 */
export function scopeOf(
  { accountId, zoneId }: ScopeOptions,
  env: Readonly<NodeJS.ProcessEnv>,
): Scope | undefined {
  if (zoneId !== undefined) return { kind: "zones", id: parseId("--zone-id", zoneId) };
  if (accountId !== undefined) return { kind: "accounts", id: parseId("--account-id", accountId) };
  const fallback = env[DEFAULT_ACCOUNT];
  return fallback ? { kind: "accounts", id: parseId(DEFAULT_ACCOUNT, fallback) } : undefined;
}

function parseId(source: string, id: string): string {
  if (isId(id)) return id.toLowerCase();
  throw new UsageError(
    `Invalid ${source} ${JSON.stringify(id)}: an id has 32 hexadecimal digits. The dashboard shows it on the overview page of the account or zone.`,
  );
}
