import type { Context } from "hono";
import type { AuditActor } from "./audit-log.js";
import type { Level } from "./fields.js";
import {
  garbledHeader,
  invalidToken,
  missingPermission,
  outOfScope,
  unknownKey,
} from "./rejections.js";
import type { Behavior } from "./behavior.js";

/** A credential that the emulator knows. */
export type Credential = ({ apiToken: string } | { email: string; apiKey: string }) & {
  /** What it may do with Access. Default: `"write"`. */
  access?: "write" | "read" | "none";
  /** The accounts and zones that it reaches. Default: all. */
  ids?: readonly string[];
  /** How the audit log names who used it; what is not given is filled in. */
  actor?: AuditActor;
};

/** The token that a fresh emulator takes: as long as a real one, and obviously none. */
export const EMULATOR_TOKEN = "emulator-token-emulator-token-emulator-0";

/** Two spaces, a newline or a second "Bearer" in the header make it unreadable. */
const BEARER = /^Bearer [\w-]+$/;

/** Who is calling; a {@link Refusal} where that cannot be said. */
export function authenticated(c: Context, credentials: readonly Credential[]): Credential {
  const bearer = c.req.header("authorization");
  const email = c.req.header("x-auth-email");
  const key = c.req.header("x-auth-key");
  const hasKeyPair = email !== undefined || key !== undefined;
  if (bearer !== undefined || !hasKeyPair) {
    if (hasKeyPair || !bearer || !BEARER.test(bearer)) {
      throw garbledHeader({ code: 6111, message: "Invalid format for Authorization header" });
    }
    const token = bearer.slice("Bearer ".length);
    const holder = credentials.find((one) => "apiToken" in one && one.apiToken === token);
    if (!holder) throw invalidToken();
    return holder;
  }
  if (!email)
    throw garbledHeader({ code: 6102, message: "Invalid format for X-Auth-Email header" });
  if (!key) throw garbledHeader({ code: 6103, message: "Invalid format for X-Auth-Key header" });
  const holder = credentials.find(
    (one) => "apiKey" in one && one.email === email && one.apiKey === key,
  );
  if (!holder) throw unknownKey();
  return holder;
}

/** What a request wants to do, and where. */
export type Attempt = { level: Level; id: string; writes: boolean };

/** Refuses what the credential may not do. Nothing about the account has been looked at yet. */
export function authorize(credential: Credential, attempt: Attempt, behavior: Behavior): void {
  const { access = "write" } = credential;
  if (access === "none") throw missingPermission();
  if (!reaches(credential, attempt.id)) throw outOfScope();
  if (attempt.writes && access !== "write") throw missingPermission();
  // The zone operations are documented for email and key only.
  if (attempt.level === "zones" && behavior.zoneRejectsTokens && "apiToken" in credential) {
    throw missingPermission();
  }
}

export function reaches(credential: Credential, id: string): boolean {
  return credential.ids?.includes(id) ?? true;
}

/** What a rate limit counts by: the user or token behind the call. */
export function credentialKey(c: Context): string {
  return c.req.header("authorization") ?? c.req.header("x-auth-email") ?? "";
}
