import type { Context } from "hono";
import type { AuditActor } from "./audit-log.js";
import type { ScopeType } from "./fields.js";
import {
  invalidHeader,
  invalidToken,
  missingPermission,
  outOfScope,
  unknownKey,
} from "./rejections.js";
import type { Behavior } from "./behavior.js";

/** A credential that the emulator knows. */
export type Credential = ({ apiToken: string } | { email: string; apiKey: string }) & {
  /** Its permission for Access. `"revoke"` reads and revokes users. Default: `"write"`. */
  access?: "write" | "revoke" | "read" | "none";
  /** The accounts and zones that it is valid for. Default: all. */
  ids?: readonly string[];
  /** How the audit log names its user. The emulator fills in missing fields. */
  actor?: AuditActor;
};

/** The token that a new emulator accepts. It has the length of a real one. */
export const EMULATOR_TOKEN = "emulator-token-emulator-token-emulator-0";

/** Cloudflare rejects a header with two spaces, a newline or a second "Bearer". */
const BEARER = /^Bearer [\w-]+$/;

/** Returns the credential of a request, or throws a {@link Rejection}. */
export function authenticate(c: Context, credentials: readonly Credential[]): Credential {
  const bearer = c.req.header("authorization");
  const email = c.req.header("x-auth-email");
  const key = c.req.header("x-auth-key");
  const hasKeyPair = email !== undefined || key !== undefined;
  if (bearer !== undefined || !hasKeyPair) {
    if (hasKeyPair || !bearer || !BEARER.test(bearer)) {
      throw invalidHeader({ code: 6111, message: "Invalid format for Authorization header" });
    }
    const token = bearer.slice("Bearer ".length);
    const found = credentials.find((one) => "apiToken" in one && one.apiToken === token);
    if (!found) throw invalidToken();
    return found;
  }
  if (!email)
    throw invalidHeader({ code: 6102, message: "Invalid format for X-Auth-Email header" });
  if (!key) throw invalidHeader({ code: 6103, message: "Invalid format for X-Auth-Key header" });
  const found = credentials.find(
    (one) => "apiKey" in one && one.email === email && one.apiKey === key,
  );
  if (!found) throw unknownKey();
  return found;
}

/** The scope of a request, and the permission that it needs. */
export type AccessRequest = {
  scopeType: ScopeType;
  id: string;
  needs: "write" | "revoke" | "read";
};

/** The permissions from the least to the most: each one includes those before it. */
const PERMISSIONS = ["none", "read", "revoke", "write"] as const;

/** Rejects a request for which the credential lacks the permission, whether the object exists or not. */
export function authorize(
  credential: Credential,
  request: AccessRequest,
  behavior: Behavior,
): void {
  const { access = "write" } = credential;
  if (access === "none") throw missingPermission();
  if (!reaches(credential, request.id)) throw outOfScope();
  if (PERMISSIONS.indexOf(access) < PERMISSIONS.indexOf(request.needs)) throw missingPermission();
  // Cloudflare documents the zone operations for email and API key only.
  if (request.scopeType === "zones" && behavior.zoneRejectsTokens && "apiToken" in credential) {
    throw missingPermission();
  }
}

export function reaches(credential: Credential, id: string): boolean {
  return credential.ids?.includes(id) ?? true;
}

/** The key that the rate limit counts by: the user or the token. */
export function credentialKey(c: Context): string {
  return c.req.header("authorization") ?? c.req.header("x-auth-email") ?? "";
}
