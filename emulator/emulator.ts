import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Personality } from "./responses.js";
import { EMULATOR_TOKEN, type Credential } from "./authentication.js";
import { AuditLog, type AuditActor, type AuditEntry } from "./audit-log.js";
import { editDoh, editOrganization } from "./dashboard.js";
import { control } from "./control.js";
import { Faults, type Fault } from "./faults.js";
import type { Level, Settings } from "./fields.js";
import { isId } from "./ids.js";
import { RateLimiter, type RateLimitOptions } from "./rate-limit.js";
import type { LoggedRequest } from "./request-log.js";
import { apiServer, BASE_PATH } from "./server.js";
import { State, type DohSettings, type Revocation, type ServiceToken } from "./state.js";
import { behaviorSchema, type BehaviorOptions, type Behavior } from "./behavior.js";
import type { World } from "./world.js";

export type EmulatorOptions = {
  /** The port on 127.0.0.1; 0 takes a free one. Default: 0. */
  port?: number;
  /** How responses spell unset settings. Default: `"typical"`. */
  personality?: Personality;
  /** Who may call. Default: {@link EMULATOR_TOKEN}, with write access everywhere. */
  credentials?: readonly Credential[];
  /** Positions of the open questions that differ from their defaults. */
  behavior?: BehaviorOptions;
  /** Unknown keys that requests may carry, besides those that a seed or an edit brought in. */
  newApiFields?: readonly string[];
  /** MFA authenticators beyond the known ones that requests may name; a seed adds its own. */
  newAuthenticators?: readonly string[];
  /** Unknown keys that are answered, survive a PUT, and are refused in one. */
  outputOnlyFields?: readonly string[];
  /** How long each request waits before anything looks at it. Default: 0. */
  latencyMs?: number;
  /** Counts calls and refuses what goes over. Default: nothing is counted. */
  rateLimit?: RateLimitOptions;
  /** Hears of each request once it is answered. */
  onRequest?: (request: LoggedRequest) => void;
};

/** A running emulator. Whatever it hands out is a copy, but for the behavior and credentials. */
export type Emulator = {
  /** `http://127.0.0.1:PORT/client/v4` */
  readonly baseUrl: string;
  /** How unset settings are answered; may be changed at any time. */
  personality: Personality;
  /** The positions of the behavior; may be changed at any time. */
  readonly behavior: Behavior;
  /** Who may call; may be changed at any time. */
  readonly credentials: Credential[];

  /**
   * Puts a live organization there, in place of any. What is not given is filled in: a domain of
   * its own, a name, the timestamps. Unknown keys become fields that requests may carry.
   */
  seed(level: Level, id: string, organization?: Settings): void;
  /** What is stored now, under the API's names, unset settings absent. */
  organization(level: Level, id: string): Settings | undefined;
  /**
   * Changes settings as a person in the dashboard does; null removes one. The change is visible at
   * once. The audit log names the actor, or an invented person.
   */
  edit(level: Level, id: string, changes: Settings, actor?: AuditActor): void;
  /** Takes the organization away, as only Cloudflare can. */
  remove(level: Level, id: string): void;

  /** Makes an account known to `GET /accounts` that has no organization yet. */
  addAccount(id: string, name: string): void;
  /** Makes a service token that DoH settings can name. */
  addServiceToken(accountId: string, token?: Settings): ServiceToken;
  /** Puts DoH settings there, and the organization and the service token that they need. */
  seedDoh(accountId: string, settings?: DohSettings): void;
  doh(accountId: string): DohSettings | undefined;
  /** Changes DoH settings as a person does by other means; null removes one. */
  editDoh(
    accountId: string,
    changes: { [Key in keyof DohSettings]: string | null },
    actor?: AuditActor,
  ): void;

  /** The entries of an account's audit log, oldest first. */
  auditLog(accountId: string): AuditEntry[];
  /** Adds an entry as it is to an account's audit log. */
  addAuditEntry(accountId: string, entry: AuditEntry): void;

  /** Every user that was signed out. */
  readonly revocations: readonly Revocation[];

  /** Every request since the start or the last {@link clearRequests}. */
  readonly requests: readonly LoggedRequest[];
  clearRequests(): void;

  /** Lets something go wrong with the next matching request. */
  fault(fault: Fault): void;
  clearFaults(): void;

  /** Stops listening and drops every connection. */
  close(): Promise<void>;
};

/** Starts Cloudflare's Access API on 127.0.0.1. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const world: World = {
    state: new State({
      newApiFields: options.newApiFields ?? [],
      newAuthenticators: options.newAuthenticators ?? [],
    }),
    auditLog: new AuditLog(),
    behavior: behaviorSchema.parse(options.behavior ?? {}),
    personality: options.personality ?? "typical",
    credentials: [...(options.credentials ?? [{ apiToken: EMULATOR_TOKEN }])],
    outputOnlyFields: new Set(options.outputOnlyFields),
    latencyMs: options.latencyMs ?? 0,
    rateLimiter: new RateLimiter(options.rateLimit),
    faults: new Faults(),
    requests: [],
    onRequest: options.onRequest,
  };
  // Longer than any test, so that no client meets a connection that is just being closed.
  const server = createServer({ keepAliveTimeout: 600_000 });
  const baseUrl = `http://127.0.0.1:${await listening(server, options.port ?? 0)}${BASE_PATH}`;
  const emulator = emulatorOver(world, server, baseUrl);
  const listener = getRequestListener(apiServer(world, control(emulator)).fetch, {
    overrideGlobalObjects: false,
  });
  server.on("request", (request, response) => void listener(request, response));
  return emulator;
}

/** The port, once the server listens on it. */
async function listening(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function closed(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function emulatorOver(world: World, server: Server, baseUrl: string): Emulator {
  const { auditLog, state, behavior, credentials, faults, requests } = world;
  return {
    baseUrl,
    get personality() {
      return world.personality;
    },
    set personality(personality) {
      world.personality = personality;
    },
    behavior,
    credentials,
    seed: (level, id, organization = {}) => {
      const isStrict = behavior.strictServiceTokenAuthOff !== "accepted";
      const made = isStrict ? { strict_service_token_auth: true } : {};
      state.seed(level, knownShape(id), { ...made, ...organization });
    },
    organization: (level, id) => structuredClone(state.organization(level, id).value),
    edit: (level, id, changes, actor) => editOrganization(world, level, id, changes, actor),
    remove: (level, id) => state.organization(level, id).set(undefined),
    addAccount: (id, name) => state.addAccount(knownShape(id), name),
    addServiceToken: (accountId, token = {}) =>
      structuredClone(state.addServiceToken(knownShape(accountId), token)),
    seedDoh: (accountId, settings = {}) => {
      if (!state.organization("accounts", accountId).value) {
        state.seed("accounts", knownShape(accountId), {});
      }
      state.setDoh(accountId, settings);
    },
    doh: (accountId) => structuredClone(state.doh(accountId).value),
    editDoh: (accountId, changes, actor) => editDoh(world, accountId, changes, actor),
    auditLog: (accountId) => structuredClone([...auditLog.of(accountId)]),
    addAuditEntry: (accountId, entry) =>
      auditLog.add(knownShape(accountId), structuredClone(entry)),
    revocations: state.revocations,
    requests,
    clearRequests: () => void requests.splice(0),
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    close: () => closed(server),
  };
}

/** Ids are 32 hexadecimal digits: no request could reach another one. */
function knownShape(id: string): string {
  if (!isId(id)) {
    throw new TypeError(`${JSON.stringify(id)} is no id: 32 hexadecimal digits are expected.`);
  }
  return id;
}
