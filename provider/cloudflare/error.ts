import { CloudflareError, type Failure } from "./cloudflare-error.js";
import { hintFor } from "./error-hints.js";
import { flattenChains, type ApiMessage } from "./envelope.js";

/** Returns the error of a failed request, with a message and advice for a person. */
export function toCloudflareError(failure: Failure): CloudflareError {
  return new CloudflareError(describe(failure), failure);
}

/** The same error after several attempts. */
export function afterAttempts(
  error: CloudflareError,
  attempts: number,
  gaveUp: string | undefined,
): CloudflareError {
  if (attempts === 1 && gaveUp === undefined) return error;
  return toCloudflareError({ ...error.failure, attempts, gaveUp });
}

/** The same error with what the caller knows about the cause. */
export function explained(error: CloudflareError, explanation: string): CloudflareError {
  return toCloudflareError({ ...error.failure, explanation });
}

/** A stale or conflicting response. The operation starts again at its first read. */
export class RetryableError extends Error {
  /** @param event What happened, for the log line before the next attempt. */
  constructor(
    message: string,
    readonly event = "Cloudflare's response is out of date",
  ) {
    super(message);
  }
}

/** The operation was cancelled while it waited to send a request. */
export class CancelledError extends Error {
  override readonly message = "Cancelled while waiting to send a request to Cloudflare.";
}

/** Returns the message of any thrown value, without the stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether a failed write may have been applied. An unexpected error of our own does not rule it out. */
export function mayBeApplied(error: unknown): boolean {
  if (error instanceof CancelledError) return false; // the request was not sent
  return !CloudflareError.is(error) || error.failure.mayBeApplied === true;
}

/**
 * Whether the API says that the organization does not exist. A missing permission, a wrong route or a
 * proxy's 404 only look like it: mistaking one for the other would drop a resource from state.
 */
export function isNotFound(error: unknown): boolean {
  if (!CloudflareError.is(error) || error.failure.trouble !== undefined) return false;
  const { codes, failure, status } = error;
  if (status === 403)
    return (
      !codes.includes(NO_PERMISSION) &&
      // Other parts of the API use 9999 for other errors, so the message counts, too.
      failure.errors.some(({ code, text }) => code === 9999 && text.includes("not_enabled"))
    );
  if (status !== 404) return false;
  const all = flattenChains(failure.errors);
  return all.some(isFromAccess) && !all.some(({ code }) => NO_SUCH_ROUTE.has(code));
}

const NO_PERMISSION = 10000;
/** Errors of the routing in front of the API, about an endpoint or an id. */
const NO_SUCH_ROUTE = new Set<number | undefined>([7000, 7003]);

/** Whether an error comes from the part of the API that knows organizations. */
function isFromAccess({ code = 0, text }: ApiMessage): boolean {
  return (code >= 11000 && code < 13000) || text.startsWith("access.api.error.");
}

/** Whether Cloudflare does not recognize the credential, so no request with it can succeed. */
export function isRejectedCredential({ codes, failure }: CloudflareError): boolean {
  if (codes.some((code) => [6003, 9103, 9106].includes(code))) return true;
  return failure.errors.some(
    ({ code, text }) =>
      (code === 9109 || code === 1000) && /invalid (?:access|api) token/i.test(text),
  );
}

/** Whether a POST was rejected because the object already exists, and not because another account has its domain. */
export function isConflict(error: unknown): boolean {
  if (!CloudflareError.is(error) || error.codes.includes(DOMAIN_TAKEN)) return false;
  return (
    error.status === 409 ||
    error.failure.errors.some(({ text }) => text.startsWith("access.api.error.conflict"))
  );
}

const DOMAIN_TAKEN = 11003;

function describe(failure: Failure): string {
  const { method, path, status, errors, rayId, trouble, explanation } = failure;
  const outcome = trouble ?? (status === undefined ? "failed" : `was rejected with ${status}`);
  const messages = errors.flatMap((error) => messageLines(error, "  "));
  const lines = [
    `${method} ${path} ${outcome}${attemptsOf(failure)}`,
    ...messages.slice(0, MAX_LINES),
    ...(messages.length > MAX_LINES ? [`  and ${messages.length - MAX_LINES} more`] : []),
    ...(rayId === undefined ? [] : [`  (ray id ${rayId})`]),
  ];
  const hint = hintFor(failure);
  return [...lines, hint, explanation].filter((line) => line !== undefined).join("\n");
}

/** More lines than any rejection of the API has. */
const MAX_LINES = 30;

function attemptsOf({ attempts, gaveUp }: Failure): string {
  const parts = [
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...(gaveUp === undefined ? [] : [gaveUp]),
  ];
  return parts.length === 0 ? "" : ` (${parts.join("; ")})`;
}

function messageLines({ code, text, chain }: ApiMessage, indent: string): string[] {
  const line = [code, text].filter((part) => part !== undefined && part !== "").join(": ");
  return [
    ...(line === "" ? [] : [`${indent}${line}`]),
    ...chain.flatMap((link) => messageLines(link, `${indent}  `)),
  ];
}
