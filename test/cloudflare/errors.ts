import { failureEnvelope } from "../../emulator/envelope.js";
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

/** The error message of a request that is answered by a fault of the emulator. */
export function rejectionAfter(
  emulator: Emulator,
  fault: Fault,
  request: ApiRequest,
): Promise<string> {
  emulator.fault({ ...fault, times: Infinity });
  return rejectionOf(emulator, request);
}

/** The body of a rejection. */
export function failure(
  code: number,
  message: string,
  chain?: { code: number; message: string }[],
) {
  return failureEnvelope({ code, message, ...(chain && { error_chain: chain }) });
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

export const SUCCESS = "The operation succeeded.";
