import { randomBytes, randomUUID } from "node:crypto";
import { Delayed, type Delay } from "./delayed.js";
import {
  AUTHENTICATORS,
  isKnownField,
  isObject,
  OUTPUT_ONLY_FIELDS,
  undocumentedFields,
  type Level,
  type Settings,
} from "./fields.js";
import { inTodaysNames } from "./mfa-names.js";
import { seededForm } from "./normal-form.js";

/** An account as `GET /accounts` lists it. */
export type Account = { id: string; name: string; created_on: string };

/** DoH settings as requests spell them; answers carry the token under `id`. */
export type DohSettings = { service_token_id?: string; doh_jwt_duration?: string };

export type ServiceToken = Settings & { id: string; client_id: string; enabled: boolean };

/** Who was signed out, and how. */
export type Revocation = {
  level: Level;
  id: string;
  email: string;
  devices: boolean;
  user_uid?: string;
  warp_session_reauth?: boolean;
};

/** Default rotation of the Access keys; no JWT may outlive it. */
const KEY_ROTATION_DAYS = 90;

/** Everything the emulated API remembers, free of HTTP and of what the behavior say. */
export class State {
  readonly revocations: Revocation[] = [];
  readonly newApiFields: Set<string>;
  readonly newAuthenticators: Set<string>;
  readonly #organizations = new Map<string, Delayed<Settings>>();
  readonly #doh = new Map<string, Delayed<DohSettings>>();
  readonly #accounts = new Map<string, Account>();
  readonly #tokens = new Map<string, Map<string, ServiceToken>>();
  readonly #keyRotation = new Map<string, number>();

  constructor(known: { newApiFields: Iterable<string>; newAuthenticators: Iterable<string> }) {
    this.newApiFields = new Set(known.newApiFields);
    this.newAuthenticators = new Set(known.newAuthenticators);
  }

  /** The place of an organization, present or not. */
  organization(level: Level, id: string): Delayed<Settings> {
    return placeIn(this.#organizations, `${level}/${id}`);
  }

  doh(accountId: string): Delayed<DohSettings> {
    return placeIn(this.#doh, accountId);
  }

  /** Stores DoH settings, and the service token that they name where it is missing. */
  setDoh(accountId: string, settings: Record<string, string | null | undefined>): void {
    const token = settings.service_token_id;
    if (token && !this.serviceToken(accountId, token)) {
      this.addServiceToken(accountId, { id: token });
    }
    const stored = Object.fromEntries(Object.entries(settings).filter(([, value]) => value));
    this.doh(accountId).set(Object.keys(stored).length > 0 ? stored : undefined);
  }

  /** Puts an organization there, with the keys that every live one has. */
  seed(level: Level, id: string, settings: Settings): void {
    const given = seededForm(inTodaysNames(settings));
    const now = new Date().toISOString();
    const organization = {
      auth_domain: `${level === "zones" ? "zone" : "team"}-${id}.cloudflareaccess.com`,
      name: `Organization ${id.slice(0, 8)}`,
      ...undocumentedFields(),
      created_at: now,
      updated_at: now,
      ...given,
    };
    if (this.hasAuthDomain(organization.auth_domain, { level, id })) {
      throw new Error(`${organization.auth_domain} is taken by another organization.`);
    }
    this.#learn(given);
    this.organization(level, id).set(organization);
    if (level === "accounts") this.addAccount(id, organization.name);
  }

  /** Lays changes over an organization, as the dashboard does; null removes a key. */
  edit(level: Level, id: string, changes: Settings): void {
    const place = this.organization(level, id);
    if (!place.value) throw new Error(`There is no organization at ${level}/${id} to edit.`);
    const edited = seededForm({ ...place.value, ...inTodaysNames(changes) });
    this.#learn(edited);
    place.set({ ...edited, updated_at: laterThan(place.value.updated_at) });
  }

  /** Stores what a request made of an organization. */
  write(level: Level, id: string, settings: Settings, delay: Delay): Settings {
    const place = this.organization(level, id);
    const stored = { ...settings, updated_at: laterThan(place.value?.updated_at) };
    place.write(stored, delay);
    if (level === "accounts" && !this.#accounts.has(id)) {
      this.addAccount(id, String(settings.name));
    }
    return stored;
  }

  /** Whether any other organization holds a domain: they are unique across all of Cloudflare. */
  hasAuthDomain(domain: string, except: { level: Level; id: string }): boolean {
    const own = `${except.level}/${except.id}`;
    return [...this.#organizations].some(([place, organization]) => {
      const taken = organization.value?.auth_domain;
      return place !== own && String(taken).toLowerCase() === domain.toLowerCase();
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

  /** What stands in a live organization and in no list is something that the API has grown. */
  #learn(settings: Settings): void {
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

function placeIn<T>(places: Map<string, Delayed<T>>, key: string): Delayed<T> {
  const place = places.get(key) ?? new Delayed<T>();
  places.set(key, place);
  return place;
}

/** The present, and never the same moment twice: `updated_at` moves with every write. */
function laterThan(moment: unknown): string {
  const before = typeof moment === "string" ? Date.parse(moment) : 0;
  return new Date(Math.max(Date.now(), before + 1)).toISOString();
}
