import {
  PERSONALITIES,
  type Emulator,
  type LoggedRequest,
  type Settings,
} from "../../emulator/index.js";
import { fetchDohSettings, fetchOrganization } from "../../provider/functions/calls.js";
import { ACCOUNT, CLIENT_ID, SERVICE_TOKEN, ZONE } from "../ids.js";
import { captureLogs } from "../lifecycle/captured-logs.js";
import { NEW_SETTING, UNDOCUMENTED } from "./overlay.js";
import { SETTINGS, ZONE_SETTINGS } from "./program-inputs.js";
import {
  BY_KEY,
  BY_TOKEN,
  startProviderFixture,
  type ProviderFixture,
} from "./provider-fixture.js";
import { referenceFor, type Reference } from "./reference.js";
import { REFERENCE_SETTINGS, REFERENCE_ZONE_SETTINGS } from "./reference-settings.js";

captureLogs();

// The official client is large, and the first test loads it.
jest.setTimeout(60_000);

const KINDS = ["accounts", "zones"] as const;
type Kind = (typeof KINDS)[number];

/** The names of each scope, and all its settings, for the provider and for the official client. */
const SCOPES = {
  accounts: {
    scope: { kind: "accounts", id: ACCOUNT },
    inputs: { accountId: ACCOUNT, ...SETTINGS },
    params: { account_id: ACCOUNT },
    settings: REFERENCE_SETTINGS,
  },
  zones: {
    scope: { kind: "zones", id: ZONE },
    inputs: { zoneId: ZONE, ...ZONE_SETTINGS },
    params: { zone_id: ZONE },
    settings: REFERENCE_ZONE_SETTINGS,
  },
} as const;

async function withFixture<T>(
  kind: Kind,
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

describe("The provider and the official client send the same request", () => {
  it.each(KINDS)("to create the organization (%s)", async (kind) => {
    const { inputs, params, settings } = SCOPES[kind];
    // POST does not accept custom pages. The provider sends them in a PUT afterwards.
    const created: Settings = { ...settings, custom_pages: undefined };
    await expectSameWrite(
      kind,
      () => undefined,
      ({ resource }) => resource("organization").up(inputs),
      (reference) => reference.create({ ...params, ...created } as never),
    );
  });

  it.each(KINDS)("to update the organization (%s)", async (kind) => {
    const { scope, inputs, params, settings } = SCOPES[kind];
    await expectSameWrite(
      kind,
      (emulator) => emulator.seed(kind, scope.id),
      ({ resource }) => resource("organization").up(inputs),
      (reference) => reference.update({ ...params, ...settings }),
    );
  });

  it("to update the DoH settings", async () => {
    const service_token_id = SERVICE_TOKEN;
    const inputs = { accountId: ACCOUNT, serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "504h" };
    await expectSameWrite(
      "accounts",
      (emulator) => emulator.seedDoh(ACCOUNT, { service_token_id }),
      ({ resource }) => resource("dohSettings").up(inputs),
      (reference) =>
        reference.doh.update({
          account_id: ACCOUNT,
          service_token_id,
          doh_jwt_duration: "504h",
        }),
    );
  });

  it("to revoke a user", async () => {
    const inputs = { devices: true, warpSessionReauth: false, userUid: USER };
    await expectSameWrite(
      "accounts",
      (emulator) => emulator.seed("accounts", ACCOUNT),
      ({ resource }) =>
        resource("userRevocation").up({ accountId: ACCOUNT, email: EMAIL, ...inputs }),
      async (reference) => {
        const revocation = reference.revokeUsers({
          account_id: ACCOUNT,
          email: EMAIL,
          user_uid: USER,
          query_devices: true,
          body_devices: true,
          warp_session_reauth: false,
        });
        // A known bug of the official client: the API does not know body_devices.
        await expect(revocation).rejects.toThrow("12062");
      },
    );
  });

  const EMAIL = "user@example.com";
  const USER = "699d98642c564d2e855e9661899b7252";

  async function expectSameWrite(
    kind: Kind,
    given: (emulator: Emulator) => void,
    own: (fixture: ProviderFixture) => Promise<unknown>,
    official: (reference: Reference) => Promise<unknown>,
  ): Promise<void> {
    const firstWriteOf = (write: (fixture: ProviderFixture) => Promise<unknown>) =>
      withFixture(kind, async (fixture) => {
        given(fixture.emulator);
        await write(fixture);
        const writes = fixture.emulator.requests.filter(({ method }) => method !== "GET");
        return writes.map(comparableParts)[0];
      });
    const ownRequest = await firstWriteOf(own);
    const officialRequest = await firstWriteOf(({ emulator }) =>
      official(referenceFor(emulator, kind)),
    );
    expect(ownRequest).toBeDefined();
    expect(ownRequest).toEqual(officialRequest);
  }

  function comparableParts({ method, path, query, headers, body }: LoggedRequest) {
    const { authorization, "x-auth-email": email, "x-auth-key": key } = headers;
    const type = headers["content-type"];
    // The first accepted type counts: axios adds others that it does not need.
    const accept = headers.accept?.split(",")[0];
    const { body_devices: devices, ...rest } = body as Settings;
    return {
      method,
      path,
      query,
      body: devices === undefined ? rest : { ...rest, devices },
      headers: { authorization, email, key, type, accept },
    };
  }
});

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

  const all = { ...REFERENCE_SETTINGS, [NEW_SETTING]: "on", mfa_configuration_allowed: true };
  const responses = KINDS.flatMap((kind) =>
    PERSONALITIES.flatMap((personality) => [
      { kind, personality, what: "no settings", settings: {} },
      { kind, personality, what: "all settings", settings: all },
    ]),
  );

  it.each(responses)(
    "from an organization with $what ($kind, $personality responses)",
    async ({ kind, personality, settings }) => {
      await withFixture(kind, async ({ emulator, context }) => {
        const { scope, params } = SCOPES[kind];
        emulator.personality = personality;
        emulator.seed(kind, scope.id, settings);
        const official = await referenceFor(emulator, kind).list(params);
        const { [NEW_SETTING]: added, trusted_accounts, ...rest } = official as Settings;
        const isUndocumented = (name: string) => UNDOCUMENTED.includes(name);
        const responseOnly = Object.entries(rest).filter(([name]) => isUndocumented(name));
        const typed = Object.entries(rest).filter(([name]) => !isUndocumented(name));
        expect(await fetchOrganization(scope, context())).toEqual({
          ...(inArgumentNames(Object.fromEntries(typed)) as Settings),
          ...(added === undefined ? {} : { additionalSettings: { [NEW_SETTING]: added } }),
          responseOnly: Object.fromEntries(responseOnly),
          trustedAccounts: trusted_accounts,
        });
      });
    },
  );

  const TOKEN = { service_token_id: SERVICE_TOKEN };
  const BOTH = { ...TOKEN, doh_jwt_duration: "504h" };

  it.each([
    { what: "none is set", settings: {} },
    { what: "a token is set", settings: TOKEN },
    { what: "a token and a duration are set", settings: BOTH },
    { what: "only the duration is returned", settings: BOTH, dohResponse: "duration_only" },
    { what: "only the token is returned", settings: BOTH, dohResponse: "token_only" },
  ] as const)("from DoH settings of which $what", async ({ settings, ...behavior }) => {
    await withFixture("accounts", async ({ emulator, context }) => {
      const { scope, params } = SCOPES.accounts;
      const last_seen_at = "2026-10-31T12:00:00Z";
      emulator.addServiceToken(ACCOUNT, { id: SERVICE_TOKEN, client_id: CLIENT_ID, last_seen_at });
      emulator.seedDoh(ACCOUNT, settings);
      Object.assign(emulator.behavior, behavior);
      const official = await referenceFor(emulator, "accounts").doh.get(params);
      const { id, ...rest } = (inArgumentNames(official) ?? {}) as Settings;
      expect(await fetchDohSettings(scope, context())).toEqual({
        ...rest,
        ...(id === undefined ? {} : { serviceTokenId: id }),
      });
    });
  });
});
