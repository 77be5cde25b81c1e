import type { Personality } from "./responses.js";
import type { AuditLog } from "./audit-log.js";
import type { Credential } from "./authentication.js";
import type { Faults } from "./faults.js";
import type { RateLimiter } from "./rate-limit.js";
import type { LoggedRequest } from "./request-log.js";
import type { State } from "./state.js";
import type { Behavior } from "./behavior.js";

/** The state and the options that request handlers use. */
export type EmulatorContext = {
  state: State;
  auditLog: AuditLog;
  behavior: Behavior;
  personality: Personality;
  credentials: Credential[];
  outputOnlyFields: ReadonlySet<string>;
  latencyMs: number;
  rateLimiter: RateLimiter;
  faults: Faults;
  requests: LoggedRequest[];
  onRequest: ((request: LoggedRequest) => void) | undefined;
};
