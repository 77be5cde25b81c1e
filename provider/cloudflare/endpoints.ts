import type { ApiResult, ApiRequest, CloudflareClient } from "./client.js";
import { isNotFound } from "./error.js";
import { formatScope, isId, type Scope } from "./scope.js";

/** A settings object behind GET and PUT. There is one for each account or zone, and it can't be deleted. */
export interface SettingsEndpoint {
  path(target: Scope): string;
  /**
   * The key without which an answer is no such object: there is none yet, and POST makes it. An
   * endpoint without one always has its object; while nobody has set it, it is `{}`.
   */
  readonly identifiedBy?: string;
}

/** A settings object in the API's own names. */
export type LiveObject = Readonly<Record<string, unknown>>;

export const organizationEndpoint: SettingsEndpoint = {
  path: (target) => `${accessPath(target)}/organizations`,
  identifiedBy: "auth_domain",
};

export const dohEndpoint: SettingsEndpoint = {
  path: (target) => `${accessPath(target)}/organizations/doh`,
};

/**
 * What every path begins with.
 *
 * @throws Error for an id of another form: it could lead the request elsewhere.
 */
function accessPath(target: Scope): string {
  if (isId(target.id)) return `/${formatScope(target)}/access`;
  throw new Error(
    `${JSON.stringify(target.id)} is no id of Cloudflare's, which are 32 hexadecimal digits.`,
  );
}

/**
 * The live object, or undefined where the API says that there is none.
 *
 * @throws CloudflareError for everything else: what can't be looked at is never taken for gone.
 */
export async function getSettings(
  client: CloudflareClient,
  endpoint: SettingsEndpoint,
  target: Scope,
  options: Pick<ApiRequest, "hurried" | "effort"> = {},
): Promise<LiveObject | undefined> {
  const path = endpoint.path(target);
  try {
    const { result } = await client.send({ method: "GET", path, ...options });
    return liveObject(endpoint, path, result);
  } catch (error) {
    if (isNotFound(error)) return liveObject(endpoint, path, undefined);
    throw error;
  }
}

/** Makes sense of the `result` of an answer. */
export function liveObject(
  { identifiedBy }: SettingsEndpoint,
  path: string,
  result: unknown,
): LiveObject | undefined {
  const live = result ?? {};
  if (typeof live !== "object" || Array.isArray(live))
    throw new Error(
      `The result of Cloudflare's answer for ${path} is no object: nothing was read.`,
    );
  const object = live as LiveObject;
  return identifiedBy === undefined || object[identifiedBy] ? object : undefined;
}

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
 *
 * @throws CloudflareError where it is refused, Error where the API answers that it was not done.
 */
export async function revokeUser(
  client: CloudflareClient,
  target: Scope,
  revocation: Revocation,
): Promise<ApiResult> {
  const { devices } = revocation;
  const path = `${accessPath(target)}/organizations/revoke_user`;
  const query = devices === undefined ? {} : { devices };
  const answer = await client.send({
    method: "POST",
    path,
    query,
    body: revocation,
    repeatable: true, // to revoke twice does no further harm
  });
  if (answer.result === false)
    throw new Error(
      `Cloudflare took POST ${path} and answered false: the user's sessions were not revoked. Check that the email is one of a user of this organization.`,
    );
  return answer;
}
