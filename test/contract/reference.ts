import { Organizations } from "cloudflare/resources/zero-trust/organizations/organizations";
import { createClient } from "cloudflare/tree-shakable";
import type { Emulator } from "../../emulator/index.js";
import { CREDENTIALS_BY_KEY, CREDENTIALS_BY_TOKEN } from "./provider-fixture.js";

/** Cloudflare's official client, the reference for the provider's own. */
export type Reference = ReturnType<typeof referenceFor>;

/** Creates an official client for an emulator. For zones it uses an API key, as documented. */
export function referenceFor(emulator: Emulator, kind: "accounts" | "zones") {
  const options = referenceClientOptions(emulator, kind);
  return createClient({ resources: [Organizations], ...options }).zeroTrust.organizations;
}

/** Returns the options of an official client for an emulator, without retries. */
export function referenceClientOptions(emulator: Emulator, kind: "accounts" | "zones") {
  const none = { apiToken: null, apiKey: null, apiEmail: null, userServiceKey: null };
  const { email: apiEmail, apiKey } = CREDENTIALS_BY_KEY;
  const credentials = kind === "accounts" ? CREDENTIALS_BY_TOKEN : { apiEmail, apiKey };
  return { baseURL: emulator.baseUrl, maxRetries: 0, ...none, ...credentials };
}
