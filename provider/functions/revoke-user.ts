import type { userRevocation } from "../schema/user-revocation.js";
import type { ValuesOf } from "../schema/values.js";
import { contextOf, givenConfig, type FunctionOptions } from "./options.js";
import { scopeOf, type ScopeArgs } from "./scope.js";

/** Whose sessions to end, and where: exactly one of `accountId` and `zoneId`. A zone takes `email` only. */
export interface RevokeUserArgs extends ScopeArgs, ValuesOf<typeof userRevocation.settings> {
  /** The email of the user. */
  readonly email: string;
}

/**
 * Ends a user's sessions at once, for scripts. In a Pulumi program it would run in every preview
 * too: use `UserRevocation` there.
 *
 * @throws CloudflareError where it is refused, Error where Cloudflare answers that it was not done.
 */
export async function revokeUser(
  args: RevokeUserArgs,
  options: FunctionOptions = {},
): Promise<void> {
  const target = scopeOf("revokeUser", args);
  if (!args.email.includes("@")) throw new Error("revokeUser: email must be an email address.");
  const { revoke } = await import("./calls.js");
  await revoke(target, { ...args }, contextOf(await givenConfig(options)));
}
