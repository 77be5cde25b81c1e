import type { Emulator, LoggedRequest, Personality, Settings } from "../../emulator/index.js";
import { CloudflareError } from "../../provider/cloudflare/error.js";
import { fetchDohSettings, fetchOrganization, revoke } from "../../provider/functions/calls.js";
import { ACCOUNT, CLIENT_ID, SERVICE_TOKEN, ZONE } from "../ids.js";
import { BY_KEY, BY_TOKEN, startBench, type Bench } from "./bench.js";
import { CALLS, EMAIL, IDS, TARGETS, type Call, type Level } from "./calls.js";
import { NEW_SETTING, UNLISTED } from "./overlay.js";
import { ZONE_SETTINGS } from "./programs.js";
import { referenceFor } from "./reference.js";
import { REFERENCE_SETTINGS, REFERENCE_ZONE_SETTINGS } from "./reference-settings.js";

// The reference is large, and loaded by the first test.
jest.setTimeout(60_000);

async function withBench<T>(kind: Level, use: (bench: Bench) => Promise<T>): Promise<T> {
  const bench = await startBench();
  try {
    await bench.signIn(kind === "accounts" ? BY_TOKEN : BY_KEY);
    return await use(bench);
  } finally {
    await bench.close();
  }
}

/** The one request of a call, as far as it matters. */
async function requestOf(
  { kind, verb, given = seedBare }: Call,
  make: (bench: Bench) => Promise<unknown>,
): Promise<object | undefined> {
  return withBench(kind, async (bench) => {
    given(bench.emulator);
    await make(bench);
    const [request, ...more] = bench.emulator.requests.filter(({ method }) => method === verb);
    expect(more).toEqual([]);
    return request && essence(request);
  });
}

function seedBare(emulator: Emulator): void {
  emulator.seed("accounts", ACCOUNT);
  emulator.seed("zones", ZONE);
  emulator.addServiceToken(ACCOUNT, { id: SERVICE_TOKEN });
}

function essence({ method, path, query, headers, body }: LoggedRequest) {
  const { authorization, "x-auth-email": email, "x-auth-key": key } = headers;
  const type = headers["content-type"];
  // Ours would also take what it can make no use of, but asks for the same first.
  const wanted = headers.accept?.split(",")[0];
  return { method, path, query, body, headers: { authorization, email, key, type, wanted } };
}

describe("the same call is the same request", () => {
  it.each(CALLS)("$name", async (call) => {
    const ours = await requestOf(call, call.ours);
    const theirs = await requestOf(call, ({ emulator }) =>
      call.theirs(referenceFor(emulator, call.kind)),
    );
    expect(ours).toBeDefined();
    expect(ours).toEqual(mended(theirs));
  });
});

/** A request of the reference without its known fault. */
function mended(request: { readonly body?: unknown } | undefined): unknown {
  const { body_devices: devices, ...body } = (request?.body ?? {}) as Settings;
  return devices === undefined ? request : { ...request, body: { ...body, devices } };
}

describe("the same answer is read as the same", () => {
  /** An answer of the reference in argument names, by rule and not by our description. */
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
  const levels: readonly Level[] = ["accounts", "zones"];
  const personalities: readonly Personality[] = ["sparse", "explicit"];
  const organizations = levels.flatMap((kind) =>
    personalities.flatMap((personality) => [
      { kind, personality, what: "unset", settings: {} },
      { kind, personality, what: "full", settings: full },
    ]),
  );

  it.each(organizations)(
    "the organization: $kind, $personality, $what",
    async ({ kind, personality, settings }) => {
      await withBench(kind, async (bench) => {
        bench.emulator.personality = personality;
        bench.emulator.seed(kind, TARGETS[kind].id, settings);
        const theirs = await referenceFor(bench.emulator, kind).list(IDS[kind]);
        const isTyped = (name: string) => name !== NEW_SETTING && !UNLISTED.includes(name);
        const added = part(theirs, (name) => name === NEW_SETTING);
        expect(await fetchOrganization(TARGETS[kind], bench.context())).toEqual({
          ...(inArgumentNames(part(theirs, isTyped)) as Settings),
          ...(Object.keys(added).length === 0 ? {} : { additionalSettings: added }),
          responseOnly: part(theirs, (name) => UNLISTED.includes(name)),
        });
      });
    },
  );

  it.each([
    { what: "nothing set", answer: "complete", settings: {} },
    { what: "a token alone", answer: "complete", settings: { service_token_id: SERVICE_TOKEN } },
    {
      what: "token and duration",
      answer: "complete",
      settings: { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "504h" },
    },
    {
      what: "both, of which the duration is answered",
      answer: "duration_only",
      settings: { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "504h" },
    },
    {
      what: "both, of which the token is answered",
      answer: "token_only",
      settings: { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "504h" },
    },
  ] as const)("the DoH settings: $what", async ({ answer, settings }) => {
    await withBench("accounts", async (bench) => {
      bench.emulator.addServiceToken(ACCOUNT, {
        id: SERVICE_TOKEN,
        client_id: CLIENT_ID,
        last_seen_at: "2026-10-31T12:00:00Z",
      });
      bench.emulator.seedDoh(ACCOUNT, settings);
      bench.emulator.behavior.dohResponse = answer;
      const theirs = await referenceFor(bench.emulator, "accounts").doh.get(IDS.accounts);
      const { id, ...rest } = (inArgumentNames(theirs) ?? {}) as Settings;
      expect(await fetchDohSettings(TARGETS.accounts, bench.context())).toEqual({
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
      "a token that may only read",
      { status: 403, codes: [10000] },
      ({ credentials }) => credentials.forEach((one) => (one.access = "read")),
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
  ])("a refusal: %s", async (_, refusal, given) => {
    await withBench("accounts", async ({ emulator, context }) => {
      emulator.seed("accounts", ACCOUNT);
      given(emulator);
      const reference = referenceFor(emulator, "accounts");
      const params = { account_id: ACCOUNT, email: EMAIL };
      expect(await refusalOf(reference.revokeUsers(params))).toEqual(refusal);
      const revocation = revoke(TARGETS.accounts, { email: EMAIL }, context());
      expect(await refusalOf(revocation)).toEqual(refusal);
    });
  });
});

/** The status and the codes of a refusal. */
async function refusalOf(call: Promise<unknown>): Promise<object> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (CloudflareError.is(error)) return { status: error.status, codes: error.codes };
  const { status, errors = [] } = error as { status?: number; errors?: { code: number }[] };
  return { status, codes: errors.map(({ code }) => code) };
}

/** What the reference does wrong, and why ours does it otherwise. */
const FAULTS: readonly { fault: string; reason: string; isThere: () => Promise<void> }[] = [
  {
    fault: "it writes body_devices on the wire",
    reason: "the API knows the key as devices, in the body as in the query, and refuses another",
    isThere: () =>
      withBench("accounts", async ({ emulator }) => {
        emulator.seed("accounts", ACCOUNT);
        const params = { account_id: ACCOUNT, email: EMAIL, body_devices: true };
        const refusal = refusalOf(referenceFor(emulator, "accounts").revokeUsers(params));
        expect(await refusal).toEqual({ status: 400, codes: [12062] });
        expect(emulator.requests[0]?.body).toEqual({ email: EMAIL, body_devices: true });
      }),
  },
  {
    fault: "it takes a 200 that says success: false for a success",
    reason: "a failure would be read as an organization with nothing set",
    isThere: () =>
      withBench("accounts", async ({ emulator, context }) => {
        const errors = [{ code: 10000, message: "Authentication error" }];
        const body = { success: false, errors, messages: [], result: null };
        emulator.fault({ times: 2, status: 200, body });
        expect(await referenceFor(emulator, "accounts").list(IDS.accounts)).toBeNull();
        const ours = fetchOrganization(TARGETS.accounts, context());
        expect(await refusalOf(ours)).toEqual({ status: 200, codes: [10000] });
      }),
  },
  {
    fault: "it sends a POST again that may have arrived",
    reason: "the second one meets the organization of the first; ours looks what is there",
    isThere: async () => {
      const trouble = { method: "POST", status: 500, takesEffect: true };
      const posts = ({ requests }: Emulator) => requests.filter(({ method }) => method === "POST");
      await withBench("accounts", async ({ emulator }) => {
        emulator.fault({ ...trouble, headers: { "retry-after-ms": "1" } });
        const params = { account_id: ACCOUNT, ...REFERENCE_ZONE_SETTINGS };
        const creation = referenceFor(emulator, "accounts").create(params, { maxRetries: 1 });
        expect(await refusalOf(creation)).toEqual({ status: 409, codes: [12130] });
        expect(posts(emulator)).toHaveLength(2);
      });
      await withBench("accounts", async ({ emulator, resource }) => {
        emulator.fault(trouble);
        await resource("organization").up({ accountId: ACCOUNT, ...ZONE_SETTINGS });
        expect(posts(emulator)).toHaveLength(1);
      });
    },
  },
];

describe("a known fault of the reference is still there; once it is mended, its entry goes", () => {
  it.each(FAULTS)("$fault ($reason)", async ({ isThere }) => {
    await isThere();
  });
});
