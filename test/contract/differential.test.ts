import { failureEnvelope } from "../../emulator/envelope.js";
import {
  PERSONALITIES,
  type Emulator,
  type LoggedRequest,
  type Settings,
} from "../../emulator/index.js";
import { CloudflareError } from "../../provider/cloudflare/cloudflare-error.js";
import { fetchDohSettings, fetchOrganization, revoke } from "../../provider/functions/calls.js";
import type { ScopeKind } from "../../provider/schema/definition.js";
import { captureLogs } from "../lifecycle/captured-logs.js";
import { ACCOUNT, CLIENT_ID, SERVICE_TOKEN, ZONE } from "../ids.js";
import {
  BY_KEY,
  BY_TOKEN,
  startProviderFixture,
  type ProviderFixture,
} from "./provider-fixture.js";
import { CALLS, EMAIL, IDS, TARGETS, type Call } from "./calls.js";
import { NEW_SETTING, UNDOCUMENTED } from "./overlay.js";
import { ZONE_SETTINGS } from "./program-inputs.js";
import { referenceFor } from "./reference.js";
import { REFERENCE_SETTINGS, REFERENCE_ZONE_SETTINGS } from "./reference-settings.js";

captureLogs();

// The official client is large, and the first test loads it.
jest.setTimeout(60_000);

async function withFixture<T>(
  kind: ScopeKind,
  use: (fixture: ProviderFixture) => Promise<T>,
): Promise<T> {
  const fixture = await startProviderFixture();
  try {
    await fixture.signIn(kind === "accounts" ? BY_TOKEN : BY_KEY);
    return await use(fixture);
  } finally {
    await fixture.close();
  }
}

/** Returns the relevant parts of the one request of a call. */
async function requestOf(
  { kind, verb, given = seedBare }: Call,
  make: (fixture: ProviderFixture) => Promise<unknown>,
): Promise<object | undefined> {
  return withFixture(kind, async (fixture) => {
    given(fixture.emulator);
    await make(fixture);
    const [request, ...more] = fixture.emulator.requests.filter(({ method }) => method === verb);
    expect(more).toEqual([]);
    return request && comparableParts(request);
  });
}

function seedBare(emulator: Emulator): void {
  emulator.seed("accounts", ACCOUNT);
  emulator.seed("zones", ZONE);
  emulator.addServiceToken(ACCOUNT, { id: SERVICE_TOKEN });
}

function comparableParts({ method, path, query, headers, body }: LoggedRequest) {
  const { authorization, "x-auth-email": email, "x-auth-key": key } = headers;
  const type = headers["content-type"];
  // The first accepted type counts: axios adds others that it does not need.
  const accept = headers.accept?.split(",")[0];
  return { method, path, query, body, headers: { authorization, email, key, type, accept } };
}

describe("The provider and the official client send the same request", () => {
  it.each(CALLS)("to $name", async (call) => {
    const ownRequest = await requestOf(call, call.own);
    const officialRequest = await requestOf(call, ({ emulator }) =>
      call.official(referenceFor(emulator, call.kind)),
    );
    expect(ownRequest).toBeDefined();
    expect(ownRequest).toEqual(withoutKnownBug(officialRequest));
  });
});

/** Returns a request of the official client without its known bug. */
function withoutKnownBug(request: { readonly body?: unknown } | undefined): unknown {
  const { body_devices: devices, ...body } = (request?.body ?? {}) as Settings;
  return devices === undefined ? request : { ...request, body: { ...body, devices } };
}

describe("The provider and the official client read the same values", () => {
  /** Returns a response of the official client under input names, derived by rule instead of by the definition. */
  function inArgumentNames(value: unknown): unknown {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const members = Object.entries(value).filter(([, member]) => member !== null);
    return Object.fromEntries(
      members.map(([name, member]) => [
        name.replace(/_([a-z0-9])/g, (_, first: string) => first.toUpperCase()),
        inArgumentNames(member),
      ]),
    );
  }

  function part(value: object, keeps: (name: string) => boolean): Settings {
    return Object.fromEntries(Object.entries(value).filter(([name]) => keeps(name)));
  }

  const full = { ...REFERENCE_SETTINGS, [NEW_SETTING]: "on", mfa_configuration_allowed: true };
  const kinds: readonly ScopeKind[] = ["accounts", "zones"];
  const organizations = kinds.flatMap((kind) =>
    PERSONALITIES.flatMap((personality) => [
      { kind, personality, what: "no settings", settings: {} },
      { kind, personality, what: "all settings", settings: full },
    ]),
  );

  it.each(organizations)(
    "from an organization with $what ($kind, $personality responses)",
    async ({ kind, personality, settings }) => {
      await withFixture(kind, async (fixture) => {
        fixture.emulator.personality = personality;
        fixture.emulator.seed(kind, TARGETS[kind].id, settings);
        const official = await referenceFor(fixture.emulator, kind).list(IDS[kind]);
        const isTyped = (name: string) => name !== NEW_SETTING && !UNDOCUMENTED.includes(name);
        const added = part(official, (name) => name === NEW_SETTING);
        expect(await fetchOrganization(TARGETS[kind], fixture.context())).toEqual({
          ...(inArgumentNames(part(official, isTyped)) as Settings),
          ...(Object.keys(added).length === 0 ? {} : { additionalSettings: added }),
          responseOnly: part(
            official,
            (name) => UNDOCUMENTED.includes(name) && name !== "trusted_accounts",
          ),
          ...(Object.hasOwn(official as object, "trusted_accounts")
            ? { trustedAccounts: (official as Settings).trusted_accounts }
            : {}),
        });
      });
    },
  );

  it.each([
    { what: "none is set", dohResponse: "complete", settings: {} },
    {
      what: "a token is set",
      dohResponse: "complete",
      settings: { service_token_id: SERVICE_TOKEN },
    },
    {
      what: "a token and a duration are set",
      dohResponse: "complete",
      settings: { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "504h" },
    },
    {
      what: "both are set, and the response has only the duration",
      dohResponse: "duration_only",
      settings: { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "504h" },
    },
    {
      what: "both are set, and the response has only the token",
      dohResponse: "token_only",
      settings: { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "504h" },
    },
  ] as const)("from DoH settings of which $what", async ({ dohResponse, settings }) => {
    await withFixture("accounts", async (fixture) => {
      fixture.emulator.addServiceToken(ACCOUNT, {
        id: SERVICE_TOKEN,
        client_id: CLIENT_ID,
        last_seen_at: "2026-10-31T12:00:00Z",
      });
      fixture.emulator.seedDoh(ACCOUNT, settings);
      fixture.emulator.behavior.dohResponse = dohResponse;
      const official = await referenceFor(fixture.emulator, "accounts").doh.get(IDS.accounts);
      const { id, ...rest } = (inArgumentNames(official) ?? {}) as Settings;
      expect(await fetchDohSettings(TARGETS.accounts, fixture.context())).toEqual({
        ...rest,
        ...(id === undefined ? {} : { serviceTokenId: id }),
      });
    });
  });

  it.each<[string, object, (emulator: Emulator) => void]>([
    [
      "a token without the permission",
      { status: 403, codes: [10000] },
      ({ credentials }) => credentials.forEach((one) => (one.access = "none")),
    ],
    [
      "a token of another account",
      { status: 403, codes: [9109] },
      ({ credentials }) => credentials.forEach((one) => (one.ids = [ZONE])),
    ],
    ["no organization", { status: 403, codes: [9999] }, (one) => one.remove("accounts", ACCOUNT)],
    [
      "an error of the edge",
      { status: 429, codes: [971] },
      (emulator) => emulator.fault({ status: 429, headers: { "retry-after": "3600" }, times: 2 }),
    ],
  ])("from a rejection, as its status and codes: %s", async (_, rejection, given) => {
    await withFixture("accounts", async ({ emulator, context }) => {
      emulator.seed("accounts", ACCOUNT);
      given(emulator);
      const reference = referenceFor(emulator, "accounts");
      const params = { account_id: ACCOUNT, email: EMAIL };
      expect(await rejectionOf(reference.revokeUsers(params))).toEqual(rejection);
      const revocation = revoke(TARGETS.accounts, { email: EMAIL }, context());
      expect(await rejectionOf(revocation)).toEqual(rejection);
    });
  });
});

/** Returns the status and the codes of a rejection. */
async function rejectionOf(call: Promise<unknown>): Promise<object> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (CloudflareError.is(error)) return { status: error.status, codes: error.codes };
  const { status, errors = [] } = error as { status?: number; errors?: { code: number }[] };
  return { status, codes: errors.map(({ code }) => code) };
}

/** Known bugs of the official client, and why the provider behaves differently. */
const KNOWN_BUGS: readonly { bug: string; reason: string; isPresent: () => Promise<void> }[] = [
  {
    bug: "sends body_devices",
    reason: "the API names the field devices, and rejects other names",
    isPresent: () =>
      withFixture("accounts", async ({ emulator }) => {
        emulator.seed("accounts", ACCOUNT);
        const params = { account_id: ACCOUNT, email: EMAIL, body_devices: true };
        const rejection = rejectionOf(referenceFor(emulator, "accounts").revokeUsers(params));
        expect(await rejection).toEqual({ status: 400, codes: [12062] });
        expect(emulator.requests[0]?.body).toEqual({ email: EMAIL, body_devices: true });
      }),
  },
  {
    bug: "accepts a 200 with success: false",
    reason: "a failure would look like an organization without settings",
    isPresent: () =>
      withFixture("accounts", async ({ emulator, context }) => {
        const body = failureEnvelope({ code: 10000, message: "Authentication error" });
        emulator.fault({ times: 2, status: 200, body });
        expect(await referenceFor(emulator, "accounts").list(IDS.accounts)).toBeNull();
        const own = fetchOrganization(TARGETS.accounts, context());
        expect(await rejectionOf(own)).toEqual({ status: 200, codes: [10000] });
      }),
  },
  {
    bug: "repeats a POST that may have had an effect",
    reason: "the second POST conflicts with the first; the provider reads before it repeats a POST",
    isPresent: async () => {
      const error = { method: "POST", status: 500, takesEffect: true };
      const posts = ({ requests }: Emulator) => requests.filter(({ method }) => method === "POST");
      await withFixture("accounts", async ({ emulator }) => {
        emulator.fault({ ...error, headers: { "retry-after-ms": "1" } });
        const params = { account_id: ACCOUNT, ...REFERENCE_ZONE_SETTINGS };
        const creation = referenceFor(emulator, "accounts").create(params, { maxRetries: 1 });
        expect(await rejectionOf(creation)).toEqual({ status: 409, codes: [12130] });
        expect(posts(emulator)).toHaveLength(2);
      });
      await withFixture("accounts", async ({ emulator, resource }) => {
        emulator.fault(error);
        await resource("organization").up({ accountId: ACCOUNT, ...ZONE_SETTINGS });
        expect(posts(emulator)).toHaveLength(1);
      });
    },
  },
];

describe("The official client, in the version that these tests use,", () => {
  it.each(KNOWN_BUGS)("still $bug, which the provider avoids: $reason", async ({ isPresent }) => {
    await isPresent();
  });
});
