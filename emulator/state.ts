import { randomBytes, randomUUID } from "node:crypto";
import { EventuallyConsistent, type ReadDelay } from "./eventually-consistent.js";
import {
  AUTHENTICATORS,
  isKnownField,
  isObject,
  OUTPUT_ONLY_FIELDS,
  undocumentedDefaults,
  type ScopeType,
  type Settings,
} from "./fields.js";
import { toCurrentNames } from "./mfa-names.js";
import { seededForm } from "./stored-form.js";

/** An account as `GET /accounts` lists it. */
export type Account = { id: string; name: string; created_on: string };

/** DoH settings as in requests. Responses name the service token `id`. */
export type DohSettings = { service_token_id?: string; doh_jwt_duration?: string };

export type ServiceToken = Settings & { id: string; client_id: string; enabled: boolean };

/** A revocation of a user. */
export type Revocation = {
  scopeType: ScopeType;
  id: string;
  email: string;
  devices: boolean;
  user_uid?: string;
  warp_session_reauth?: boolean;
};

/** Default rotation of the Access keys, which limits the duration of JWTs. */
const KEY_ROTATION_DAYS = 90;

/** The stored objects of the emulated API, independent of HTTP and of behavior options. */
export class State {
  readonly revocations: Revocation[] = [];
  readonly newApiFields: Set<string>;
  /** MFA authenticators that the contract does not know. */
  readonly newAuthenticators = new Set<string>();
  readonly #organizations = new Map<string, EventuallyConsistent<Settings>>();
  readonly #doh = new Map<string, EventuallyConsistent<DohSettings>>();
  readonly #accounts = new Map<string, Account>();
  readonly #tokens = new Map<string, Map<string, ServiceToken>>();
  readonly #keyRotation = new Map<string, number>();

  constructor(newApiFields: Iterable<string> = []) {
    this.newApiFields = new Set(newApiFields);
  }

  /** Returns the slot of an organization, which may be empty. */
  organization(scopeType: ScopeType, id: string): EventuallyConsistent<Settings> {
    return slotFor(this.#organizations, `${scopeType}/${id}`);
  }

  doh(accountId: string): EventuallyConsistent<DohSettings> {
    return slotFor(this.#doh, accountId);
  }

  /** Stores DoH settings, and creates the service token that they name if it does not exist. */
  setDoh(accountId: string, settings: Record<string, string | null | undefined>): void {
    const token = settings.service_token_id;
    if (token && !this.serviceToken(accountId, token)) {
      this.addServiceToken(accountId, { id: token });
    }
    const stored = Object.fromEntries(Object.entries(settings).filter(([, value]) => value));
    this.doh(accountId).set(Object.keys(stored).length > 0 ? stored : undefined);
  }

  /** Creates or replaces an organization, with the fields that every live one has. */
  seed(scopeType: ScopeType, id: string, settings: Settings): void {
    const given = seededForm(toCurrentNames(settings));
    const now = new Date().toISOString();
    const organization = {
      auth_domain: `${scopeType === "zones" ? "zone" : "team"}-${id}.cloudflareaccess.com`,
      name: `Organization ${id.slice(0, 8)}`,
      ...undocumentedDefaults(),
      created_at: now,
      updated_at: now,
      ...given,
    };
    if (this.isAuthDomainTaken(organization.auth_domain, { scopeType, id })) {
      throw new Error(`${organization.auth_domain} belongs to another organization.`);
    }
    this.#learnUnknown(given);
    this.organization(scopeType, id).set(organization);
    if (scopeType === "accounts") this.addAccount(id, organization.name);
  }

  /** Merges changes into an organization, as the dashboard does. Null removes a field. */
  edit(scopeType: ScopeType, id: string, changes: Settings): void {
    const slot = this.organization(scopeType, id);
    if (!slot.value)
      throw new Error(`Cannot edit the organization of ${scopeType}/${id}: it does not exist.`);
    const edited = seededForm({ ...slot.value, ...toCurrentNames(changes) });
    this.#learnUnknown(edited);
    slot.set({ ...edited, updated_at: nextTimestamp(slot.value.updated_at) });
  }

  /** Stores an organization after a request. */
  write(scopeType: ScopeType, id: string, settings: Settings, delay: ReadDelay): Settings {
    const slot = this.organization(scopeType, id);
    const stored = { ...settings, updated_at: nextTimestamp(slot.value?.updated_at) };
    slot.write(stored, delay);
    if (scopeType === "accounts" && !this.#accounts.has(id)) {
      this.addAccount(id, String(settings.name));
    }
    return stored;
  }

  /** Whether another organization has this domain. Domains are unique across all of Cloudflare. */
  isAuthDomainTaken(domain: string, except: { scopeType: ScopeType; id: string }): boolean {
    const own = `${except.scopeType}/${except.id}`;
    return [...this.#organizations].some(([key, organization]) => {
      const other = organization.value?.auth_domain;
      return key !== own && String(other).toLowerCase() === domain.toLowerCase();
    });
  }

  addAccount(id: string, name: string): void {
    const created = this.#accounts.get(id)?.created_on ?? new Date().toISOString();
    this.#accounts.set(id, { id, name, created_on: created });
  }

  account(id: string): Account | undefined {
    return this.#accounts.get(id);
  }

  accounts(): Account[] {
    return [...this.#accounts.values()];
  }

  serviceToken(accountId: string, id: string): ServiceToken | undefined {
    return this.#tokens.get(accountId)?.get(id);
  }

  addServiceToken(accountId: string, given: Settings): ServiceToken {
    const now = new Date();
    const token: ServiceToken = {
      id: randomUUID(),
      client_id: `${randomBytes(16).toString("hex")}.access`,
      name: "Service token",
      duration: "8760h",
      enabled: true,
      created_at: now.toISOString(),
      updated_at: now.toISOString(),
      expires_at: new Date(now.getTime() + 8760 * 3600e3).toISOString(),
      ...given,
    };
    const tokens = this.#tokens.get(accountId) ?? new Map<string, ServiceToken>();
    this.#tokens.set(accountId, tokens.set(token.id, token));
    return token;
  }

  keyRotationDays(accountId: string): number {
    return this.#keyRotation.get(accountId) ?? KEY_ROTATION_DAYS;
  }

  setKeyRotationDays(accountId: string, days: number): void {
    this.#keyRotation.set(accountId, days);
  }

  /** Adds fields and authenticators that the contract does not know to those that requests may contain. */
  #learnUnknown(settings: Settings): void {
    for (const key of Object.keys(settings)) {
      if (!isKnownField(key) && !OUTPUT_ONLY_FIELDS.includes(key)) this.newApiFields.add(key);
    }
    const config = settings.mfa_config;
    if (!isObject(config) || !Array.isArray(config.allowed_authenticators)) return;
    for (const name of config.allowed_authenticators.map(String)) {
      if (!AUTHENTICATORS.includes(name)) this.newAuthenticators.add(name);
    }
  }
}

function slotFor<T>(
  slots: Map<string, EventuallyConsistent<T>>,
  key: string,
): EventuallyConsistent<T> {
  const slot = slots.get(key) ?? new EventuallyConsistent<T>();
  slots.set(key, slot);
  return slot;
}

/** Returns the current time, or a later one if needed: `updated_at` increases with every write. */
function nextTimestamp(moment: unknown): string {
  const before = typeof moment === "string" ? Date.parse(moment) : 0;
  return new Date(Math.max(Date.now(), before + 1)).toISOString();
}
