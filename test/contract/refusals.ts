import { ACCOUNT, OTHER_ACCOUNT, OTHER_DOMAIN, SERVICE_TOKEN, TEAM_DOMAIN, ZONE } from "../ids.js";
import { CREDENTIALS_BY_KEY } from "./bench.js";
import { operations } from "./contract.js";
import type { Steps } from "./lives.js";
import { SETTINGS } from "./programs.js";

/** What the API refuses for reasons that the provider cannot know of. */
export const refusedWrites: Steps = (bench) => {
  const made = bench.resource("organization");
  const doh = bench.resource("dohSettings");
  const { emulator } = bench;
  const notEnabled = { code: 9999, message: "access.api.error.not_enabled" };
  const envelope = { success: false, errors: [notEnabled], messages: [], result: null };
  return [
    () => emulator.seed("accounts", OTHER_ACCOUNT, { auth_domain: TEAM_DOMAIN }),
    () => refused(made.up({ accountId: ACCOUNT, ...SETTINGS }), /auth_domain_not_available/),
    () => emulator.seed("accounts", ACCOUNT, { auth_domain: OTHER_DOMAIN }),
    // Someone else makes the organization between our GET and our POST.
    () => emulator.fault({ method: "GET", status: 403, body: envelope }),
    () => made.up({ accountId: ACCOUNT, ...SETTINGS, authDomain: OTHER_DOMAIN }),
    () => emulator.behavior.dashboardSso.push(ACCOUNT),
    () => refused(made.up({ accountId: ACCOUNT, authDomain: "x.example.com" }), /dash_sso/),
    () =>
      refused(
        doh.up({ accountId: ACCOUNT, serviceTokenId: SERVICE_TOKEN }),
        /service_token_not_found/,
      ),
  ];
};

async function refused(outcome: Promise<unknown>, message: RegExp): Promise<void> {
  const heard = await outcome.then(
    () => "no refusal",
    (error: unknown) => (error as Error).message,
  );
  if (!message.test(heard)) throw new Error(`${String(message)} was expected, and was: ${heard}`);
}

/** What can be wrong with a request of any operation, and would never be with ours. */
export const mishaps: Steps = ({ emulator, probe }) =>
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

/** What is heard once too many calls were made. */
export const rateLimit: Steps = ({ emulator, probe }) => [
  () => emulator.seed("accounts", ACCOUNT),
  () => probe("GET", `/accounts/${ACCOUNT}/access/organizations`),
  () => probe("GET", `/accounts/${ACCOUNT}/access/organizations`),
];
