import * as pulumi from "@pulumi/pulumi";
import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import {
  CloudflareError,
  getDohSettings,
  getDohSettingsOutput,
  getOrganization,
  getOrganizationOutput,
  revokeUser,
  type Provider,
} from "../../provider/index.js";
import { errorOf, messageOf } from "../cloudflare/errors.js";
import { ACCOUNT, OTHER_ACCOUNT, ZONE } from "../ids.js";
import { mockEngine } from "./registered.js";

beforeAll(mockEngine);

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
  emulator.seed("zones", ZONE);
  pulumi.runtime.setAllConfig({
    "cloudflare:apiToken": EMULATOR_TOKEN,
    "cloudflare:baseUrl": emulator.baseUrl,
  });
});
beforeEach(() => emulator.clearRequests());
afterAll(() => emulator.close());

describe("A function without the arguments that it needs", () => {
  it("rejects with a sentence in JavaScript, and does not compile in TypeScript", async () => {
    const errors = [
      // @ts-expect-error: the arguments are required.
      getOrganization(),
      // @ts-expect-error: one of accountId and zoneId is required.
      getOrganization({}),
      // @ts-expect-error: accountId excludes zoneId.
      getOrganization({ accountId: ACCOUNT, zoneId: ZONE }),
      // @ts-expect-error: the arguments are required.
      getDohSettings(),
      // @ts-expect-error: the arguments are required.
      revokeUser(),
      // @ts-expect-error: email is required.
      revokeUser({ accountId: ACCOUNT }),
      // @ts-expect-error: one of accountId and zoneId is required.
      revokeUser({ email: "user@example.com" }),
    ].map(messageOf);
    expect(await Promise.all(errors)).toMatchInlineSnapshot(`
      [
        "getOrganization: pass exactly one of accountId and zoneId.",
        "getOrganization: pass exactly one of accountId and zoneId.",
        "getOrganization: pass exactly one of accountId and zoneId.",
        "getDohSettings: accountId must be 32 hexadecimal digits, as the dashboard shows it.",
        "revokeUser: pass exactly one of accountId and zoneId.",
        "revokeUser: email must be an email address such as "user@example.com".",
        "revokeUser: pass exactly one of accountId and zoneId.",
      ]
    `);
  });

  it("rejects under the name of the function that the program calls", async () => {
    const outputs: readonly unknown[] = [
      // @ts-expect-error: one of accountId and zoneId is required.
      getOrganizationOutput({}),
      getDohSettingsOutput({ accountId: "widget" }),
    ];
    // An Output rejects both, and an unhandled rejection ends the process.
    const errors = (outputs as { isKnown: Promise<unknown>; isSecret: Promise<unknown> }[]).map(
      async ({ isKnown, isSecret }) =>
        new Set(await Promise.all([isKnown, isSecret].map(messageOf))),
    );
    expect(await Promise.all(errors)).toEqual([
      new Set(["getOrganizationOutput: pass exactly one of accountId and zoneId."]),
      new Set([
        "getDohSettingsOutput: accountId must be 32 hexadecimal digits, as the dashboard shows it.",
      ]),
    ]);
  });

  it.each(["", "user", "user@", "@example.com", "us er@example.com", "a@b@c"])(
    "rejects %j as an email, as a resource does",
    async (email) => {
      expect(await messageOf(revokeUser({ accountId: ACCOUNT, email }))).toBe(
        'revokeUser: email must be an email address such as "user@example.com".',
      );
    },
  );

  it("rejects misspelled and wrongly typed arguments of a revocation, as a resource does", async () => {
    const user = { accountId: ACCOUNT, email: "user@example.com" };
    const invalid = { ...user, device: true, warpSessionReauth: "yes", triggers: [1] };
    expect(await messageOf(revokeUser(invalid as never))).toMatchInlineSnapshot(`
      "revokeUser:
        warpSessionReauth must be true or false, not a string
        device is not an input. Did you mean devices?
        triggers is not an input. The inputs are accountId, zoneId, email, userUid, devices, warpSessionReauth"
    `);
  });

  it("takes null for an argument that is left out", async () => {
    const args = { accountId: null, zoneId: ZONE, email: "user@example.com", userUid: null };
    await revokeUser(args as never);
    expect(emulator.requests.map(({ body }) => body)).toEqual([{ email: "user@example.com" }]);
  });
});

it("The option provider of a function must be a Provider of this package, because other credentials would be used", async () => {
  class Plain extends pulumi.ProviderResource {}
  const args = { accountId: ACCOUNT, email: "user@example.com" };
  const plain: unknown = new Plain("pulumi-nodejs", "plain");
  expect(await messageOf(getOrganization(args, { provider: plain as Provider }))).toBe(
    `getOrganization: the option "provider" is not a Provider of pulumi-cloudflare-zero-trust, so its credentials cannot be used. Pass a Provider of this package, or remove the option.`,
  );
  const none: unknown = {};
  expect(await messageOf(revokeUser(args, { provider: none as Provider }))).toContain(
    "revokeUser: the option",
  );
});

describe("A function", () => {
  it("returns the id as the API has it, in lower case", async () => {
    const args = { accountId: ACCOUNT.toUpperCase() };
    const lowerCase = { id: `accounts/${ACCOUNT}`, accountId: ACCOUNT };
    expect(await getOrganization(args)).toMatchObject(lowerCase);
    expect(await getDohSettings(args)).toMatchObject(lowerCase);
  });

  it("fails for an account without an organization, and returns empty DoH settings for it", async () => {
    const args = { accountId: OTHER_ACCOUNT };
    expect(await messageOf(getOrganization(args))).toMatchInlineSnapshot(
      `"getOrganization: account 0a1b2c3d4e5f60718293a4b5c6d7e8f9 has no Zero Trust organization. To create one, choose a Zero Trust plan in the dashboard, or deploy an Organization resource that declares authDomain and name."`,
    );
    expect(await getDohSettings(args)).toEqual({ id: `accounts/${OTHER_ACCOUNT}`, ...args });
  });

  it("sends every argument of a revocation, and accepts only the email on a zone", async () => {
    const email = "user@example.com";
    const others = { userUid: "uid", devices: true, warpSessionReauth: false };
    await revokeUser({ accountId: ACCOUNT, email, ...others });
    expect(emulator.requests).toMatchObject([
      {
        method: "POST",
        query: { devices: "true" },
        body: { email, user_uid: "uid", devices: true, warp_session_reauth: false },
      },
    ]);
    const onZone = revokeUser({ zoneId: ZONE, email, ...others });
    expect(await messageOf(onZone)).toMatchInlineSnapshot(
      `"revokeUser: a zone accepts email only. Remove userUid, devices, warpSessionReauth, or pass an accountId."`,
    );
    expect(emulator.requests).toHaveLength(1);
  });

  it("throws a CloudflareError, which programs can import", async () => {
    emulator.fault({ status: 400 });
    const error = await errorOf(getOrganization({ accountId: ACCOUNT }));
    expect(error).toBeInstanceOf(CloudflareError);
  });
});
