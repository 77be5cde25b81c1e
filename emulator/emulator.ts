import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Personality } from "./responses.js";
import { EMULATOR_TOKEN, type Credential } from "./authentication.js";
import { AuditLog, type AuditActor, type AuditEntry } from "./audit-log.js";
import { editDoh, editOrganization } from "./dashboard.js";
import { controlRoutes } from "./control.js";
import { Faults, type Fault } from "./faults.js";
import type { ScopeType, Settings } from "./fields.js";
import { isId } from "./ids.js";
import { RateLimiter, type RateLimitOptions } from "./rate-limit.js";
import type { LoggedRequest } from "./request-log.js";
import { apiServer, BASE_PATH } from "./server.js";
import { State, type DohSettings, type Revocation, type ServiceToken } from "./state.js";
import { behaviorSchema, type BehaviorOptions, type Behavior } from "./behavior.js";
import type { EmulatorContext } from "./context.js";

export type EmulatorOptions = {
  /** The port on 127.0.0.1. With 0, the emulator takes a free one. Default: 0. */
  port?: number;
  /** How responses spell unset settings. Default: `"typical"`. */
  personality?: Personality;
  /** The accepted credentials. Default: {@link EMULATOR_TOKEN}, with write access to every account and zone. */
  credentials?: readonly Credential[];
  /** Behavior options that differ from their defaults. */
  behavior?: BehaviorOptions;
  /** Fields that the contract does not know and that requests may contain. Seeds and edits add their own. */
  newApiFields?: readonly string[];
  /** Fields that the contract does not know, that responses contain and that requests must not contain. */
  outputOnlyFields?: readonly string[];
  /** Milliseconds before each request is handled. Default: 0. */
  latencyMs?: number;
  /** Limits the requests of each credential. Default: no limit. */
  rateLimit?: RateLimitOptions;
  /** Called with each request after its response is sent. */
  onRequest?: (request: LoggedRequest) => void;
};

/** A running emulator. It returns copies, except of `behavior`, `credentials` and `requests`. */
export type Emulator = {
  /** `http://127.0.0.1:PORT/client/v4` */
  readonly baseUrl: string;
  /** How responses spell unset settings. It may change at any time. */
  personality: Personality;
  /** The behavior options. They may change at any time. */
  readonly behavior: Behavior;
  /** The accepted credentials. They may change at any time. */
  readonly credentials: Credential[];

  /**
   * Creates or replaces a live organization. The emulator fills in a unique domain, a name and the
   * timestamps. Fields that the contract does not know become fields that requests may contain.
   */
  seed(scopeType: ScopeType, id: string, organization?: Settings): void;
  /** Returns the stored organization under the API's names, without unset settings. */
  organization(scopeType: ScopeType, id: string): Settings | undefined;
  /**
   * Changes settings as a person in the dashboard does; null removes one. The change is visible at
   * once. The audit log names the actor, or an invented person.
   */
  edit(scopeType: ScopeType, id: string, changes: Settings, actor?: AuditActor): void;
  /** Removes the organization. The API itself has no such operation. */
  remove(scopeType: ScopeType, id: string): void;

  /** Adds an account without an organization to `GET /accounts`. */
  addAccount(id: string, name: string): void;
  /** Creates a service token that DoH settings can name. */
  addServiceToken(accountId: string, token?: Settings): ServiceToken;
  /** Creates or replaces DoH settings, with the organization and the service token that they need. */
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
  /** Adds an entry to an account's audit log, without changes. */
  addAuditEntry(accountId: string, entry: AuditEntry): void;

  /** Every revocation of a user. */
  readonly revocations: readonly Revocation[];

  /** Every request since the start, or since the last {@link clearRequests}. */
  readonly requests: readonly LoggedRequest[];
  clearRequests(): void;

  /** Makes the next matching request fail. */
  fault(fault: Fault): void;
  clearFaults(): void;

  /** Stops listening and closes every connection. */
  close(): Promise<void>;
};

/** Starts Cloudflare's Access API on 127.0.0.1. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const context: EmulatorContext = {
    state: new State(options.newApiFields),
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
  // Longer than any test, so that no client uses a connection while the server closes it.
  const server = createServer({ keepAliveTimeout: 600_000 });
  const baseUrl = `http://127.0.0.1:${await listen(server, options.port ?? 0)}${BASE_PATH}`;
  const emulator = createEmulator(context, server, baseUrl);
  const listener = getRequestListener(apiServer(context, controlRoutes(emulator)).fetch, {
    overrideGlobalObjects: false,
  });
  server.on("request", (request, response) => void listener(request, response));
  return emulator;
}

/** Starts listening and returns the port. */
async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function createEmulator(context: EmulatorContext, server: Server, baseUrl: string): Emulator {
  const { auditLog, state, behavior, credentials, faults, requests } = context;
  return {
    baseUrl,
    get personality() {
      return context.personality;
    },
    set personality(personality) {
      context.personality = personality;
    },
    behavior,
    credentials,
    seed: (scopeType, id, organization = {}) => {
      const isStrict = behavior.strictServiceTokenAuthOff !== "accepted";
      const made = isStrict ? { strict_service_token_auth: true } : {};
      state.seed(scopeType, assertId(id), { ...made, ...organization });
    },
    organization: (scopeType, id) => structuredClone(state.organization(scopeType, id).value),
    edit: (scopeType, id, changes, actor) =>
      editOrganization(context, scopeType, id, changes, actor),
    remove: (scopeType, id) => state.organization(scopeType, id).set(undefined),
    addAccount: (id, name) => state.addAccount(assertId(id), name),
    addServiceToken: (accountId, token = {}) =>
      structuredClone(state.addServiceToken(assertId(accountId), token)),
    seedDoh: (accountId, settings = {}) => {
      if (!state.organization("accounts", accountId).value) {
        state.seed("accounts", assertId(accountId), {});
      }
      state.setDoh(accountId, settings);
    },
    doh: (accountId) => structuredClone(state.doh(accountId).value),
    editDoh: (accountId, changes, actor) => editDoh(context, accountId, changes, actor),
    auditLog: (accountId) => structuredClone([...auditLog.of(accountId)]),
    addAuditEntry: (accountId, entry) => auditLog.add(assertId(accountId), structuredClone(entry)),
    revocations: state.revocations,
    requests,
    clearRequests: () => void requests.splice(0),
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    close: () => closeServer(server),
  };
}

/** Returns the id if it has 32 hexadecimal digits. No request could reach another one. */
function assertId(id: string): string {
  if (!isId(id)) {
    throw new TypeError(
      `${JSON.stringify(id)} is not an id. Use 32 lower-case hexadecimal digits.`,
    );
  }
  return id;
}
