import { hintFor } from "./error-hints.js";
import { withReasons, type ApiMessage } from "./envelope.js";

/** What is known of a request that did not succeed. */
export interface Failure {
  readonly method: string;
  /** The path below the base URL. */
  readonly path: string;
  /** Absent where no answer arrived. */
  readonly status?: number | undefined;
  readonly errors: readonly ApiMessage[];
  readonly rayId?: string | undefined;
  /** How many seconds the API asks to wait. */
  readonly retryAfter?: number | undefined;
  /** Why there is no usable answer, where there is none: a reset, a time-out, a proxy's page. */
  readonly trouble?: string | undefined;
  /** How often it was tried. */
  readonly tries: number;
  /** Why it was not tried again, where that might have helped. */
  readonly gaveUp?: string | undefined;
  /** Which kind of credential was used, and where it came from; never the credential. */
  readonly credential: string;
}

/** A request to Cloudflare's API that failed. The message is meant for a person, and holds no credential. */
export class CloudflareError extends Error {
  /** `instanceof` fails between two copies of this package; this does not. */
  readonly isCloudflareError = true;
  override readonly name = "CloudflareError";
  readonly status: number | undefined;
  readonly codes: readonly number[];
  readonly rayId: string | undefined;

  constructor(readonly failure: Failure) {
    super(describe(failure));
    this.status = failure.status;
    this.codes = failure.errors.flatMap(({ code }) => (code === undefined ? [] : [code]));
    this.rayId = failure.rayId;
  }

  static is(error: unknown): error is CloudflareError {
    return error instanceof Error && (error as Partial<CloudflareError>).isCloudflareError === true;
  }
}

/** A request was not sent, since by its turn what it says may not be true any more. */
export class Outdated extends Error {
  override readonly message = "had to wait until what it says may not be true any more";
}

/**
 * Whether an error is the API's way of saying "there is no organization here". Everything that
 * only looks like it (a missing permission, a wrong route, a proxy's 404) is not: mistaking one for
 * the other would drop a resource from state.
 */
export function isNotFound(error: unknown): boolean {
  if (!CloudflareError.is(error) || error.failure.trouble !== undefined) return false;
  const { codes, failure, status } = error;
  if (status === 403)
    return (
      !codes.includes(NO_PERMISSION) &&
      // Other parts of the API use 9999 for anything, so the message counts too.
      failure.errors.some(({ code, text }) => code === 9999 && text.includes("not_enabled"))
    );
  if (status !== 404) return false;
  const said = withReasons(failure.errors);
  return said.some(isOfAccess) && !said.some(({ code }) => NO_SUCH_ROUTE.has(code));
}

const NO_PERMISSION = 10000;
/** Said on the way to the API, of an endpoint or an id. */
const NO_SUCH_ROUTE = new Set<number | undefined>([7000, 7003]);

/** Whether the part of the API that knows organizations says something, and not one on the way to it. */
function isOfAccess({ code = 0, text }: ApiMessage): boolean {
  return (code >= 11000 && code < 13000) || text.startsWith("access.api.error.");
}

/** Whether a POST was refused since the object exists by now. */
export function isConflict(error: unknown): boolean {
  return (
    CloudflareError.is(error) &&
    (error.status === 409 ||
      error.failure.errors.some(({ text }) => text.startsWith("access.api.error.conflict")))
  );
}

function describe(failure: Failure): string {
  const { method, path, status, errors, rayId, trouble } = failure;
  const refusal = trouble ?? (status === undefined ? "failed" : `was refused with ${status}`);
  const said = errors.flatMap((error) => messageLines(error, "  "));
  const lines = [
    `${method} ${path} ${refusal}${triesOf(failure)}`,
    ...said.slice(0, MAX_LINES),
    ...(said.length > MAX_LINES ? [`  and ${said.length - MAX_LINES} more`] : []),
    ...(rayId === undefined ? [] : [`  (ray id ${rayId})`]),
  ];
  const advice = hintFor(failure);
  return [...lines, ...(advice === undefined ? [] : [advice])].join("\n");
}

/** More than any refusal has; a person reads no further. */
const MAX_LINES = 30;

function triesOf({ tries, gaveUp }: Failure): string {
  const parts = [
    ...(tries > 1 ? [`tried ${tries} times`] : []),
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
