import { failureEnvelope } from "../../emulator/envelope.js";
import type { Fault } from "../../emulator/index.js";

/** A failure of one request. */
export type NamedFault = readonly [name: string, fault: Fault];

const rejection = (code: number, message: string) => failureEnvelope({ code, message });
const page = "<html><title>Bad gateway</title></html>";

/** The request takes no effect. */
const BEFORE: NamedFault[] = [
  ["a connection reset before the request takes effect", { reset: "before" }],
  [
    "a rejected body",
    { status: 400, body: rejection(12062, "access.api.error.invalid_org_config") },
  ],
  ["a rejected token", { status: 401, body: rejection(1000, "Invalid API Token") }],
  ["a missing permission", { status: 403, body: rejection(10000, "Authentication error") }],
  ["a 404 response of a proxy", { status: 404, body: "<html>Not Found</html>" }],
  ["a route that does not exist", { status: 404, body: rejection(7000, "No route for that URI") }],
  ["a request timeout", { status: 408 }],
  ["an exhausted rate limit", { status: 429 }],
  ["an internal error", { status: 500 }],
  ["an error page of a proxy", { status: 502, body: page }],
  ["an unavailable service", { status: 503 }],
  ["a redirect", { status: 302, body: "", headers: { location: "/client/v4" } }],
  ["a login page with status 200", { status: 200, body: "<html>Sign in</html>" }],
];

/** The response is truncated. */
const DURING: NamedFault[] = [
  ["an empty truncated response", { truncateAfter: 0 }],
  ["a truncated response", { truncateAfter: 60 }],
  [
    "a complete response with half of the JSON",
    { takesEffect: true, body: '{"success":true,"resu' },
  ],
];

/** The request takes effect, and its response says otherwise or nothing. */
const AFTER: NamedFault[] = [
  ["a connection reset after the request takes effect", { reset: "after" }],
  ["a 500 response after the effect", { status: 500, takesEffect: true }],
  ["a 504 response after the effect", { status: 504, takesEffect: true, body: page }],
  ["an empty response after the effect", { status: 200, takesEffect: true, body: "" }],
  ["a list as result after the effect", { takesEffect: true, body: { success: true, result: [] } }],
  ["a late response", { delayMs: 20 }],
];

/** Failures of any request: before it takes effect, during its response, and after its effect. */
export const FAULTS: readonly NamedFault[] = [...BEFORE, ...DURING, ...AFTER];

/** Failures of writes. As a response to GET, these say that the object does not exist. */
export const FAULTS_OF_WRITES: readonly NamedFault[] = [
  [
    "a response without result after the effect",
    { takesEffect: true, body: { success: true, result: null } },
  ],
  [
    "Access being switched off since the GET",
    { status: 403, body: rejection(9999, "access.api.error.not_enabled: access is not enabled") },
  ],
  ["a conflict", { status: 409, body: rejection(12130, "access.api.error.conflict") }],
];
