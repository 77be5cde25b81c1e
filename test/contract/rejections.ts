import { failureEnvelope } from "../../emulator/envelope.js";
import { ACCOUNT, OTHER_ACCOUNT, OTHER_DOMAIN, SERVICE_TOKEN, TEAM_DOMAIN, ZONE } from "../ids.js";
import { CREDENTIALS_BY_KEY } from "./provider-fixture.js";
import { operations } from "./contract.js";
import type { Steps } from "./lifecycles.js";
import { SETTINGS } from "./program-inputs.js";

/** Writes that the API rejects for reasons that the provider cannot know. */
export const rejectedWrites: Steps = (fixture) => {
  const made = fixture.resource("organization");
  const doh = fixture.resource("dohSettings");
  const { emulator } = fixture;
  const notEnabled = failureEnvelope({ code: 9999, message: "access.api.error.not_enabled" });
  return [
    () => emulator.seed("accounts", OTHER_ACCOUNT, { auth_domain: TEAM_DOMAIN }),
    () =>
      expectRejection(made.up({ accountId: ACCOUNT, ...SETTINGS }), /auth_domain_not_available/),
    () => emulator.seed("accounts", ACCOUNT, { auth_domain: OTHER_DOMAIN }),
    // Someone else creates the organization between the GET and the POST.
    () => emulator.fault({ method: "GET", status: 403, body: notEnabled }),
    () => made.up({ accountId: ACCOUNT, ...SETTINGS, authDomain: OTHER_DOMAIN }),
    () => emulator.behavior.dashboardSso.push(ACCOUNT),
    () => expectRejection(made.up({ accountId: ACCOUNT, authDomain: "x.example.com" }), /dash_sso/),
    () =>
      expectRejection(
        doh.up({ accountId: ACCOUNT, serviceTokenId: SERVICE_TOKEN }),
        /service_token_not_found/,
      ),
  ];
};

async function expectRejection(outcome: Promise<unknown>, expected: RegExp): Promise<void> {
  const message = await outcome.then(
    () => "no rejection",
    (error: unknown) => (error as Error).message,
  );
  if (!expected.test(message)) throw new Error(`Expected ${String(expected)}, but got: ${message}`);
}

/** Invalid requests of each operation, which the provider never sends. */
export const invalidRequests: Steps = ({ emulator, probe }) =>
  operations.flatMap(({ verb, path: template }) => {
    const path = template.replace(/\{.*\}/, template.startsWith("/zones") ? ZONE : ACCOUNT);
    const body = verb === "GET" ? undefined : { no_such_setting: true };
    const byKey = { "x-auth-email": CREDENTIALS_BY_KEY.email };
    return [
      () => probe(verb, path, body, { authorization: "Bearer  two-spaces" }),
      () => probe(verb, path, body, { authorization: "Bearer wrong" }),
      () => probe(verb, path, body, byKey),
      () => probe(verb, path, body, { ...byKey, "x-auth-key": "wrong" }),
      () => probe(verb, template.replace(/\{.*\}/, "me"), body),
      () => probe(verb, path, body),
      () => emulator.seed("accounts", ACCOUNT),
      () => emulator.seed("zones", ZONE),
      () => probe(verb, path, body),
      () => verb !== "GET" && probe(verb, path, []),
      () => emulator.remove("accounts", ACCOUNT),
      () => emulator.remove("zones", ZONE),
    ];
  });

/** Requests that exceed the rate limit. */
export const rateLimit: Steps = ({ emulator, probe }) => [
  () => emulator.seed("accounts", ACCOUNT),
  () => probe("GET", `/accounts/${ACCOUNT}/access/organizations`),
  () => probe("GET", `/accounts/${ACCOUNT}/access/organizations`),
];
