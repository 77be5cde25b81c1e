import { Organizations } from "cloudflare/resources/zero-trust/organizations/organizations";
import { createClient } from "cloudflare/tree-shakable";
import type { Emulator } from "../../emulator/index.js";
import { CREDENTIALS_BY_KEY, CREDENTIALS_BY_TOKEN } from "./bench.js";

/** Cloudflare's own client of its API, as the reference for ours. */
export type Reference = ReturnType<typeof referenceFor>;

/** The reference, talking to an emulator: for zones by key, as its documentation has it. */
export function referenceFor(emulator: Emulator, kind: "accounts" | "zones") {
  const options = referenceClientOptions(emulator, kind);
  return createClient({ resources: [Organizations], ...options }).zeroTrust.organizations;
}

/** The options of a client that talks to an emulator and does not retry. */
export function referenceClientOptions(emulator: Emulator, kind: "accounts" | "zones") {
  const none = { apiToken: null, apiKey: null, apiEmail: null, userServiceKey: null };
  const { email: apiEmail, apiKey } = CREDENTIALS_BY_KEY;
  const credentials = kind === "accounts" ? CREDENTIALS_BY_TOKEN : { apiEmail, apiKey };
  return { baseURL: emulator.baseUrl, maxRetries: 0, ...none, ...credentials };
}
