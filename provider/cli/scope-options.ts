import { Option, type Command } from "commander";
import { isId, type Scope } from "../cloudflare/scope.js";
import { UsageError } from "./errors.js";

/** The options that name an account or a zone. */
export interface ScopeOptions {
  readonly accountId?: string;
  readonly zoneId?: string;
}

export function withScopeOptions(command: Command): Command {
  return command
    .addOption(new Option("--account-id <id>", "the account: 32 hexadecimal digits"))
    .addOption(
      new Option("--zone-id <id>", "the zone: 32 hexadecimal digits").conflicts("accountId"),
    );
}

/** @throws Misuse where an id is none. */
export function scopeOf({ accountId, zoneId }: ScopeOptions): Scope | undefined {
  const [option, level, id] =
    zoneId === undefined
      ? (["--account-id", "accounts", accountId] as const)
      : (["--zone-id", "zones", zoneId] as const);
  if (id === undefined) return undefined;
  if (!isId(id))
    throw new UsageError(
      `${option} ${JSON.stringify(id)} is no id: give 32 hexadecimal digits, as the dashboard shows them.`,
    );
  return { kind: level, id };
}
