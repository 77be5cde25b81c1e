import type { Fault } from "../../emulator/index.js";

/** Something that goes wrong with one call. */
export type NamedFault = readonly [name: string, fault: Fault];

const refusal = (code: number, message: string) => ({
  success: false,
  result: null,
  errors: [{ code, message }],
  messages: [],
});
const page = "<html><title>Bad gateway</title></html>";

/** The call never takes effect. */
const BEFORE: NamedFault[] = [
  ["a connection that is reset before", { reset: "before" }],
  ["a refused body", { status: 400, body: refusal(12062, "access.api.error.invalid_org_config") }],
  ["a rejected token", { status: 401, body: refusal(1000, "Invalid API Token") }],
  ["a missing permission", { status: 403, body: refusal(10000, "Authentication error") }],
  ["a 404 of a proxy", { status: 404, body: "<html>Not Found</html>" }],
  ["no such route", { status: 404, body: refusal(7000, "No route for that URI") }],
  ["a request that timed out", { status: 408 }],
  ["the rate limit", { status: 429 }],
  ["trouble", { status: 500 }],
  ["a proxy's page", { status: 502, body: page }],
  ["an unavailable service", { status: 503 }],
  ["a redirect", { status: 302, body: "", headers: { location: "/client/v4" } }],
  ["a page with the status of success", { status: 200, body: "<html>Sign in</html>" }],
];

/** The answer breaks off while it comes. */
const DURING: NamedFault[] = [
  ["an answer that breaks off at once", { truncateAfter: 0 }],
  ["an answer that breaks off in the middle", { truncateAfter: 60 }],
  ["half an answer that poses as whole", { takesEffect: true, body: '{"success":true,"resu' }],
];

/** The call takes effect, and its answer denies or hides it. */
const AFTER: NamedFault[] = [
  ["a connection that is reset after", { reset: "after" }],
  ["a 500 after the effect", { status: 500, takesEffect: true }],
  ["a 504 after the effect", { status: 504, takesEffect: true, body: page }],
  ["an empty answer after the effect", { status: 200, takesEffect: true, body: "" }],
  ["a list after the effect", { takesEffect: true, body: { success: true, result: [] } }],
  ["an answer that comes late", { delayMs: 20 }],
];

/** What may go wrong with any call: before it, while it is answered, and after it. */
export const FAULTS: readonly NamedFault[] = [...BEFORE, ...DURING, ...AFTER];

/** What may go wrong with a write only: as the answer of a look it says that there is nothing. */
export const FAULTS_OF_WRITES: readonly NamedFault[] = [
  ["no result after the effect", { takesEffect: true, body: { success: true, result: null } }],
  [
    "access switched off meanwhile",
    { status: 403, body: refusal(9999, "access.api.error.not_enabled: access is not enabled") },
  ],
  ["a conflict", { status: 409, body: refusal(12130, "access.api.error.conflict") }],
];
