import { isId, type Target } from "../cloudflare/target.js";
import { statedTargets } from "../model/target-arguments.js";

/** What a function is asked about: exactly one of the two. */
export interface TargetArgs {
  /** An account: 32 hexadecimal digits. */
  readonly accountId?: string | undefined;
  /** A zone: 32 hexadecimal digits. */
  readonly zoneId?: string | undefined;
}

/** @throws Error where the arguments do not name exactly one account or zone. */
export function targetOf(functionName: string, args: TargetArgs): Target {
  const [stated, ...more] = statedTargets(args);
  if (stated === undefined || more.length > 0)
    throw new Error(`${functionName}: give exactly one of accountId and zoneId.`);
  const { name, level, id } = stated;
  if (typeof id === "string" && isId(id)) return { level, id };
  throw new Error(
    `${functionName}: ${name} must be 32 hexadecimal digits, as the dashboard shows it.`,
  );
}
