import * as pulumi from "@pulumi/pulumi";
import { organization } from "../../provider/schema/organization.js";
import { DohSettings } from "../../provider/resources/doh-settings.js";
import { Organization, type OrganizationSettings } from "../../provider/resources/organization.js";
import { engineInputs } from "../../provider/resources/registration.js";
import { ACCOUNT } from "../ids.js";

/** The inputs that the last registered resource sent to the engine. Undefined values are never sent. */
let registered: Record<string, unknown> = {};

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ inputs }) => {
      registered = inputs as Record<string, unknown>;
      return { id: "id", state: registered };
    },
    call: () => ({}),
  }),
);

/** Returns the inputs that an organization sends to `check`, without those that every resource sends. */
async function sentInputs(args: OrganizationSettings): Promise<Record<string, unknown>> {
  const { urn } = new Organization("widget", { accountId: ACCOUNT, ...args });
  await new Promise((known) => urn.apply(known));
  const { accountId, __provider, __program, ...others } = registered;
  expect([accountId, typeof __provider]).toEqual([ACCOUNT, "string"]);
  expect(__program).toMatchObject({ resource: "widget", isPreview: false, ignoreChanges: [] });
  return others;
}

const late = <T>(value: T | undefined) => pulumi.output(Promise.resolve(value)) as pulumi.Output<T>;
const missing = late<never>(undefined);

describe("An object whose members are all undefined", () => {
  // check removes nulls, whereas {} clears the live object.
  it.each<[string, OrganizationSettings, object]>([
    ["undefined", { loginDesign: { headerText: undefined } }, { headerText: null }],
    ["an Output", { loginDesign: { headerText: missing } }, { headerText: null }],
    [
      "an Output of the object",
      { loginDesign: pulumi.output({ headerText: undefined }) },
      { headerText: null },
    ],
    [
      "a Promise of the object",
      { loginDesign: Promise.resolve({ headerText: missing }) },
      { headerText: null },
    ],
    [
      "some of each",
      { loginDesign: { headerText: missing, footerText: undefined, logoPath: late("l") } },
      { headerText: null, footerText: null, logoPath: "l" },
    ],
  ])("is sent with null members: %s", async (_, args, loginDesign) => {
    expect((await sentInputs(args)).loginDesign).toEqual(loginDesign);
  });

  it("is sent with null members under a deprecated name and if it is atomic", async () => {
    const nothing = { mfaSshPivKeyRequirements: { pinPolicy: missing } };
    const rule = { action: missing, enabled: missing, inactivityThresholdDays: missing };
    expect(await sentInputs({ ...nothing, serviceTokenInactivity: rule })).toEqual({
      mfaSshPivKeyRequirements: { pinPolicy: null },
      serviceTokenInactivity: { action: null, enabled: null, inactivityThresholdDays: null },
    });
  });

  it("differs from one that is declared empty, also by an Output", async () => {
    for (const loginDesign of [{}, pulumi.output({}), Promise.resolve({})])
      expect(await sentInputs({ loginDesign })).toEqual({ loginDesign: {} });
  });

  it("is not sent if the object itself is undefined", async () => {
    expect(await sentInputs({ loginDesign: missing, mfaConfig: undefined })).toEqual({});
  });
});

it("Additional settings keep undefined and null apart, because null clears", async () => {
  const additionalSettings = { one: missing, other: null };
  expect(await sentInputs({ additionalSettings })).toEqual({ additionalSettings: { other: null } });
});

it("Additional settings lose an object whose members are all undefined", async () => {
  const additionalSettings: object = {
    one: { a: undefined, b: missing },
    two: { a: undefined, b: late(1) },
    three: {},
    four: pulumi.output({ a: undefined }),
  };
  expect(await sentInputs({ additionalSettings } as object)).toEqual({
    additionalSettings: { two: { b: 1 }, three: {} },
  });
});

it("A member of an object in additional settings stays an Output beside a plain one", () => {
  const login_design = { header_text: late("Hi"), footer_text: "Bye" };
  const args = { additionalSettings: { login_design } };
  const { additionalSettings } = engineInputs(
    { definition: organization, source: "source" },
    "widget",
    args,
  );
  expect(additionalSettings).toEqual({ login_design });
});

describe("A secret that is declared under a deprecated name", () => {
  const isSecret = async (args: object, name: string) => {
    const passed = engineInputs({ definition: organization, source: "source" }, "widget", args)[
      name
    ];
    return pulumi.isSecret(pulumi.output(passed));
  };
  const secret = pulumi.secret("12h");

  it.each<[string, object, string]>([
    [
      "a renamed input",
      { mfaSshPivKeyRequirements: { pinPolicy: pulumi.secret("once") } },
      "mfaPivKeyRequirements",
    ],
    ["an API name", { additionalSettings: { session_duration: secret } }, "sessionDuration"],
    [
      "an API name with a secret member",
      { additionalSettings: { login_design: { header_text: secret } } },
      "loginDesign",
    ],
    [
      "an API name beside the undefined current name",
      { sessionDuration: undefined, additionalSettings: { session_duration: secret } },
      "sessionDuration",
    ],
    [
      "a renamed input beside additional settings as an Output",
      {
        mfaSshPivKeyRequirements: { pinPolicy: pulumi.secret("once") },
        additionalSettings: late({ new_one: 1 }),
      },
      "mfaPivKeyRequirements",
    ],
    [
      "additional settings that are a secret as a whole",
      { additionalSettings: pulumi.secret({ session_duration: "12h" }) },
      "sessionDuration",
    ],
  ])("is a secret under the current name: %s", async (_, args, name) => {
    expect(await isSecret(args, name)).toBe(true);
    const sent = await sentInputs(args);
    expect(plain(sent[name])).toBeNull(); // check removes it
    expect(registered.__program).toMatchObject({
      secrets: expect.arrayContaining([name]) as unknown,
    });
  });

  it("is not assumed for a public value", async () => {
    const additionalSettings = late({ session_duration: "12h" });
    expect(await isSecret({ additionalSettings }, "sessionDuration")).toBe(false);
    expect(await sentInputs({ additionalSettings })).toEqual({
      additionalSettings: { session_duration: "12h" },
    });
  });
});

it("A member of an object stays as secret and as unknown as the program declares it", async () => {
  // Public in the SDK's code, but stripped from its types.
  const { unknown } = pulumi as unknown as { readonly unknown: string };
  const isKnown = (output: unknown) => (output as { readonly isKnown: Promise<boolean> }).isKnown;
  const members = {
    headerText: pulumi.secret("Hi"),
    footerText: late("Bye"),
    logoPath: pulumi.output(unknown),
  };
  const { loginDesign } = engineInputs({ definition: organization, source: "source" }, "widget", {
    loginDesign: members,
  });
  const passed = Object.values(loginDesign as Record<string, pulumi.Output<unknown>>);
  expect(await Promise.all(passed.map(pulumi.isSecret))).toEqual([true, false, false]);
  expect(await Promise.all(passed.map(isKnown))).toEqual([true, true, false]);
});

describe("An output under the current name", () => {
  const known = <T>(output: pulumi.Output<T>) => new Promise<T>((is) => output.apply(is));

  /** Returns a resource whose state contains current names, as `check` returns them. */
  async function outputsOf(args: OrganizationSettings, state: object): Promise<Organization> {
    await pulumi.runtime.setMocks({
      newResource: () => ({ id: "id", state }),
      call: () => ({}),
    });
    return new Organization("widget", { accountId: ACCOUNT, ...args });
  }

  const requirements = { pinPolicy: "once" };

  it("exists if the program declares the deprecated name", async () => {
    const args = { mfaSshPivKeyRequirements: requirements };
    const { mfaPivKeyRequirements } = await outputsOf(args, {
      mfaPivKeyRequirements: requirements,
    });
    expect(await known(mfaPivKeyRequirements)).toEqual(requirements);
  });

  it.each<[string, OrganizationSettings["additionalSettings"]]>([
    ["a plain value", { session_duration: "12h" }],
    ["an Output", late({ session_duration: "12h" })],
  ])("exists if the program declares the API name: %s", async (_, additionalSettings) => {
    const { sessionDuration } = await outputsOf({ additionalSettings }, { sessionDuration: "12h" });
    expect(await known(sessionDuration)).toBe("12h");
  });

  it("is not requested for undeclared settings, because each costs the engine time", async () => {
    const other = await outputsOf({ additionalSettings: { new_one: 1 } }, {});
    expect(Object.keys(other)).not.toContain("sessionDuration");
    expect(Object.keys(other)).toContain("updatedAt");
    const doh = new DohSettings("doh", { accountId: ACCOUNT });
    expect(Object.keys(doh)).not.toContain("serviceTokenId");
  });
});

/** Returns values without the wrapping of secrets. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && "4dabf18193072939515e22adb298388d" in inner
      ? (inner as { value?: unknown }).value
      : inner,
  );
}
