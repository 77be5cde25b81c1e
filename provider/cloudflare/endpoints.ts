import type { Answer, CloudflareClient } from "./client.js";
import { formatTarget, type Target } from "./target.js";

/** A settings object behind GET and PUT. Only some can be made by POST; none can be deleted. */
export interface SettingsEndpoint {
  path(target: Target): string;
  readonly canBeMade: boolean;
}

export const organizationEndpoint: SettingsEndpoint = {
  path: (target) => `/${formatTarget(target)}/access/organizations`,
  canBeMade: true,
};

export const dohEndpoint: SettingsEndpoint = {
  path: (target) => `/${formatTarget(target)}/access/organizations/doh`,
  canBeMade: false,
};

/** What `revoke_user` takes, in its own names. */
export interface Revocation {
  readonly email: string;
  readonly devices?: boolean;
  readonly user_uid?: string;
  readonly warp_session_reauth?: boolean;
}

/**
 * Ends a user's sessions. `devices` goes into query and body: the API documents both and does not
 * say which one it reads.
 */
export function revokeUser(
  client: CloudflareClient,
  target: Target,
  revocation: Revocation,
): Promise<Answer> {
  return client.send({
    method: "POST",
    path: `/${formatTarget(target)}/access/organizations/revoke_user`,
    ...(revocation.devices === undefined ? {} : { query: { devices: revocation.devices } }),
    body: revocation,
  });
}
