import { Option, type Command } from "commander";
import { isId, type Target } from "../cloudflare/target.js";
import { Misuse } from "./trouble.js";

/** The options that name an account or a zone. */
export interface TargetOptions {
  readonly accountId?: string;
  readonly zoneId?: string;
}

export function withTargetOptions(command: Command): Command {
  return command
    .addOption(new Option("--account-id <id>", "the account: 32 hexadecimal digits"))
    .addOption(
      new Option("--zone-id <id>", "the zone: 32 hexadecimal digits").conflicts("accountId"),
    );
}

/** @throws Misuse where an id is none. */
export function targetOf({ accountId, zoneId }: TargetOptions): Target | undefined {
  const [option, level, id] =
    zoneId === undefined
      ? (["--account-id", "accounts", accountId] as const)
      : (["--zone-id", "zones", zoneId] as const);
  if (id === undefined) return undefined;
  if (!isId(id))
    throw new Misuse(
      `${option} ${JSON.stringify(id)} is no id: give 32 hexadecimal digits, as the dashboard shows them.`,
    );
  return { level, id };
}
