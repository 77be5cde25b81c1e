import type { CloudflareClient, Sender } from "./client.js";
import { isNotFound } from "./error.js";
import { formatScope, isId, type Scope } from "./scope.js";

/** A settings object behind GET and PUT. Each account or zone has one, and it cannot be deleted. */
export interface SettingsEndpoint {
  path(scope: Scope): string;
  /**
   * The field that every existing object has. Without it, the object does not exist yet, and POST creates
   * it. An endpoint without such a field always has its object, which is `{}` while nothing is set.
   */
  readonly identifiedBy?: string;
}

/** An object in the API's own names. */
export type ApiObject = Readonly<Record<string, unknown>>;

export const organizationEndpoint: SettingsEndpoint = {
  path: (scope) => `${accessPath(scope)}/organizations`,
  identifiedBy: "auth_domain",
};

export const dohEndpoint: SettingsEndpoint = {
  path: (scope) => `${accessPath(scope)}/organizations/doh`,
};

/**
 * The beginning of every path.
 *
 * @throws Error for an invalid id: it could direct the request elsewhere.
 */
function accessPath(scope: Scope): string {
  if (isId(scope.id)) return `/${formatScope(scope)}/access`;
  throw new Error(
    `${JSON.stringify(scope.id)} is not a Cloudflare id. Ids have 32 hexadecimal digits.`,
  );
}

/**
 * Reads the object of a scope. If the API says that it does not exist, this returns undefined, and `{}` for an object
 * that always exists.
 *
 * @throws CloudflareError for every other failure: an object may exist although reading it fails.
 */
export async function getSettings(
  client: Sender,
  endpoint: SettingsEndpoint,
  scope: Scope,
): Promise<ApiObject | undefined> {
  const path = endpoint.path(scope);
  try {
    const { result } = await client.send({ method: "GET", path });
    return objectIn(endpoint, path, result);
  } catch (error) {
    if (isNotFound(error)) return objectIn(endpoint, path, undefined);
    throw error;
  }
}

/** The object in the `result` of a response; undefined if it does not exist. */
export function objectIn(
  { identifiedBy }: SettingsEndpoint,
  path: string,
  result: unknown,
): ApiObject | undefined {
  const object = result ?? {};
  if (typeof object !== "object" || Array.isArray(object))
    throw new Error(`Cannot read ${path}: the result in Cloudflare's response is not an object.`);
  const fields = object as ApiObject;
  return identifiedBy === undefined || fields[identifiedBy] ? fields : undefined;
}

/**
 * Revokes a user's sessions. `devices` is in the query and in the body: the API documents both and does
 * not say which one it reads.
 *
 * @throws CloudflareError if it is rejected, Error if the API responds that it revoked nothing.
 */
export async function revokeUser(
  client: CloudflareClient,
  scope: Scope,
  revocation: ApiObject,
): Promise<void> {
  const { devices } = revocation;
  const path = `${accessPath(scope)}/organizations/revoke_user`;
  const query = typeof devices === "boolean" ? { devices } : {};
  const response = await client.send({
    method: "POST",
    path,
    query,
    body: revocation,
    // Logs and other people's terminals show messages.
    secrets: Object.values(revocation).filter((value) => typeof value === "string"),
  });
  if (response.result === false)
    throw new Error(
      `Cloudflare accepted POST ${path} but did not revoke the user's sessions. Check that a user of this organization has this email.`,
    );
}
