import { isEmail } from "../schema/formats.js";
import type { userRevocation } from "../schema/user-revocation.js";
import type { ValuesOf } from "../schema/values.js";
import { contextOf, givenConfig, type FunctionOptions } from "./options.js";
import { scopeOf, type ScopeId } from "./scope.js";

/** The user whose sessions end. */
export interface RevokedUser extends ValuesOf<typeof userRevocation.settings> {
  /** The email address of the user. Required. */
  readonly email: string;
}

/** The user whose sessions end, and exactly one of `accountId` and `zoneId`. A zone accepts `email` only. */
export type RevokeUserArgs = RevokedUser & ScopeId;

/**
 * Ends a user's sessions at once, for scripts. In a Pulumi program it would also run in every preview:
 * use `UserRevocation` there.
 *
 * @throws CloudflareError if the API rejects the request or does not respond. Error if an argument is invalid, if
 *   credentials are missing, or if the API responds that no session was revoked.
 */
export async function revokeUser(
  args: RevokeUserArgs,
  options: FunctionOptions = {},
): Promise<void> {
  const scope = scopeOf("revokeUser", args);
  const { email } = args as { readonly email?: unknown }; // JavaScript programs may leave it out
  if (typeof email !== "string" || !isEmail(email))
    throw new Error('revokeUser: email must be an email address such as "user@example.com".');
  const config = await givenConfig("revokeUser", options);
  const { revoke } = await import("./calls.js");
  await revoke(scope, { ...args }, contextOf(config));
}
