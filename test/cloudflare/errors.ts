import { EMULATOR_TOKEN, type Emulator, type Fault } from "../../emulator/index.js";
import { CloudflareClient, type ApiRequest } from "../../provider/cloudflare/client.js";
import type { CredentialSource } from "../../provider/cloudflare/credentials.js";
import { CloudflareError } from "../../provider/cloudflare/cloudflare-error.js";
import { connectionTo, withoutRayId } from "./connection-to.js";

/** The error message of a rejected request, which never contains the credential. */
export async function rejectionOf(
  emulator: Emulator,
  request: ApiRequest,
  source: Partial<CredentialSource> = {},
): Promise<string> {
  const client = new CloudflareClient(connectionTo(emulator, source));
  const error = await cloudflareErrorOf(client.send(request));
  for (const secret of [source.apiToken ?? EMULATOR_TOKEN, source.apiKey])
    if (secret) expect(everyTextOf(error)).not.toContain(secret);
  return withoutRayId(error.message);
}

/** The error message of a request whose response is a fault of the emulator. */
export function rejectionAfter(
  emulator: Emulator,
  fault: Fault,
  request: ApiRequest,
): Promise<string> {
  emulator.fault({ ...fault, times: Infinity });
  return rejectionOf(emulator, request);
}

/** A response of the API that rejects a request with these errors. */
export function rejection(status: number, ...errors: readonly unknown[]): Fault {
  return { status, body: { success: false, errors, messages: [], result: null } };
}

/** All the text in which an error could contain a credential. */
export function everyTextOf(error: Error): string {
  return [error.message, error.stack, JSON.stringify(error)].join("\n");
}

/** The error of a failed request. */
export async function cloudflareErrorOf(sent: Promise<unknown>): Promise<CloudflareError> {
  const error = await errorOf(sent);
  if (CloudflareError.is(error)) return error;
  throw error;
}

/** The error of an operation; an error that says so if the operation succeeds. */
export async function errorOf(operation: Promise<unknown>): Promise<Error> {
  return operation.then(
    () => new Error(SUCCESS),
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
}

/** The error message of an operation; `SUCCESS` if it succeeds. */
export async function messageOf(operation: Promise<unknown>): Promise<string> {
  return (await errorOf(operation)).message;
}

/** The error message of a synchronous call; `SUCCESS` if it succeeds. */
export function messageOfCall(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    expect(error).not.toBeInstanceOf(TypeError);
    return (error as Error).message;
  }
  return SUCCESS;
}

export const SUCCESS = "The operation succeeded.";
