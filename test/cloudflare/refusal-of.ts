import { EMULATOR_TOKEN, type Emulator } from "../../emulator/index.js";
import { CloudflareClient, type ApiRequest } from "../../provider/cloudflare/client.js";
import type { CredentialSource } from "../../provider/cloudflare/credentials.js";
import { CloudflareError } from "../../provider/cloudflare/error.js";
import { connectionTo, withoutRayId } from "./connection-to.js";

/** What a person reads when a request comes to nothing. It never holds the credential. */
export async function refusalOf(
  emulator: Emulator,
  request: ApiRequest,
  source: Partial<CredentialSource> = {},
): Promise<string> {
  const error = await errorOf(emulator, request, source);
  for (const secret of [source.apiToken ?? EMULATOR_TOKEN, source.apiKey])
    if (secret)
      expect([error.message, error.stack, JSON.stringify(error)].join()).not.toContain(secret);
  return withoutRayId(error.message);
}

/** The error of a request that comes to nothing. */
export async function errorOf(
  emulator: Emulator,
  request: ApiRequest,
  source: Partial<CredentialSource> = {},
): Promise<CloudflareError> {
  const error: unknown = await new CloudflareClient(connectionTo(emulator, source))
    .send(request)
    .then(
      () => new Error(`${request.method} ${request.path} was not refused`),
      (reason: unknown) => reason,
    );
  if (CloudflareError.is(error)) return error;
  throw error;
}
