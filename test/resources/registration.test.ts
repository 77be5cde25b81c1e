import * as pulumi from "@pulumi/pulumi";
import { organization } from "../../provider/schema/organization.js";
import { DohSettings } from "../../provider/resources/doh-settings.js";
import { Organization, type OrganizationArgs } from "../../provider/resources/organization.js";
import { completedInputs } from "../../provider/resources/registration.js";
import { ACCOUNT } from "../ids.js";

/** What the engine was told last: values that are undefined never arrive. */
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

/** The arguments that arrive at `check`. */
async function arriving(args: OrganizationArgs): Promise<Record<string, unknown>> {
  const { urn } = new Organization("widget", { accountId: ACCOUNT, ...args });
  await new Promise((known) => urn.apply(known));
  const { accountId, __provider, __resource, __registration, ...others } = registered;
  expect([accountId, __resource]).toEqual([ACCOUNT, "widget"]);
  expect([typeof __provider, typeof __registration]).toEqual(["string", "number"]);
  return others;
}

const late = <T>(value: T | undefined) => pulumi.output(Promise.resolve(value)) as pulumi.Output<T>;
const missing = late<never>(undefined);

describe("an object of which nothing turns out to be stated", () => {
  // null is what check leaves out; {} would clear the whole live object.
  it.each<[string, OrganizationArgs, object]>([
    ["undefined", { loginDesign: { headerText: undefined } }, { headerText: null }],
    ["an Output", { loginDesign: { headerText: missing } }, { headerText: null }],
    ["a secret", { loginDesign: { headerText: pulumi.secret(missing) } }, { headerText: null }],
    [
      "a Promise",
      { loginDesign: { headerText: Promise.resolve(undefined as never) } },
      { headerText: null },
    ],
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
  ])("arrives as one of nulls: %s", async (_, args, loginDesign) => {
    const arrived = plain(await arriving(args)) as Record<string, unknown>;
    expect(arrived.loginDesign).toEqual(loginDesign);
  });

  it("arrives so under the older name too, and where the API takes it only whole", async () => {
    const nothing = { mfaSshPivKeyRequirements: { pinPolicy: missing } };
    const rule = { action: missing, enabled: missing, inactivityThresholdDays: missing };
    expect(await arriving({ ...nothing, serviceTokenInactivity: rule })).toEqual({
      mfaSshPivKeyRequirements: { pinPolicy: null },
      serviceTokenInactivity: { action: null, enabled: null, inactivityThresholdDays: null },
    });
  });

  it("is not one that is stated empty, now or later", async () => {
    for (const loginDesign of [{}, pulumi.output({}), Promise.resolve({})])
      expect(await arriving({ loginDesign })).toEqual({ loginDesign: {} });
  });

  it("is left out where the object itself turns out to be undefined", async () => {
    expect(await arriving({ loginDesign: missing, mfaConfig: undefined })).toEqual({});
  });
});

it("in additional settings null clears, so that undefined stays undefined", async () => {
  const additionalSettings = { one: missing, other: null };
  expect(await arriving({ additionalSettings })).toEqual({ additionalSettings: { other: null } });
});

it("an object in additional settings of which nothing is stated is none", async () => {
  const additionalSettings: object = {
    one: { a: undefined, b: missing },
    two: { a: undefined, b: late(1) },
    three: {},
    four: pulumi.output({ a: undefined }),
  };
  expect(await arriving({ additionalSettings } as object)).toEqual({
    additionalSettings: { two: { b: 1 }, three: {} },
  });
});

it("a member of an object in additional settings is as unknown as it is, beside one that is stated", () => {
  const login_design = { header_text: late("Hi"), footer_text: "Bye" };
  const args = { additionalSettings: { login_design } };
  const { additionalSettings } = completedInputs(
    { definition: organization, source: "source" },
    "widget",
    args,
  );
  expect(additionalSettings).toEqual({ login_design });
});

describe("what is stated as a secret under an older name", () => {
  const isSecret = async (args: object, name: string) => {
    const passed = completedInputs({ definition: organization, source: "source" }, "widget", args)[
      name
    ];
    return pulumi.isSecret(pulumi.output(passed));
  };
  const secret = pulumi.secret("12h");

  it.each<[string, object, string]>([
    [
      "a renamed argument",
      { mfaSshPivKeyRequirements: { pinPolicy: pulumi.secret("once") } },
      "mfaPivKeyRequirements",
    ],
    ["a wire name", { additionalSettings: { session_duration: secret } }, "sessionDuration"],
    [
      "in a member",
      { additionalSettings: { login_design: { header_text: secret } } },
      "loginDesign",
    ],
    [
      "beside today's, which is left to be undefined",
      { sessionDuration: undefined, additionalSettings: { session_duration: secret } },
      "sessionDuration",
    ],
    [
      "beside additional settings that come late",
      {
        mfaSshPivKeyRequirements: { pinPolicy: pulumi.secret("once") },
        additionalSettings: late({ new_one: 1 }),
      },
      "mfaPivKeyRequirements",
    ],
    [
      "in all of them",
      { additionalSettings: pulumi.secret({ session_duration: "12h" }) },
      "sessionDuration",
    ],
  ])("is one under today's: %s", async (_, args, name) => {
    expect(await isSecret(args, name)).toBe(true);
    const arrived = await arriving(args);
    expect(plain(arrived[name])).toBeNull(); // it states nothing
    expect(arrived.__secrets).toContain(name);
  });

  it("and nothing else is", async () => {
    const additionalSettings = late({ session_duration: "12h" });
    expect(await isSecret({ additionalSettings }, "sessionDuration")).toBe(false);
    expect(await arriving({ additionalSettings })).toEqual({
      additionalSettings: { session_duration: "12h" },
    });
  });
});

it("each member is as secret, and as unknown, as it is", async () => {
  // Public in the SDK's code, but stripped from its types.
  const { unknown } = pulumi as unknown as { readonly unknown: string };
  const isKnown = (output: unknown) => (output as { readonly isKnown: Promise<boolean> }).isKnown;
  const members = {
    headerText: pulumi.secret("Hi"),
    footerText: late("Bye"),
    logoPath: pulumi.output(unknown),
  };
  const { loginDesign } = completedInputs(
    { definition: organization, source: "source" },
    "widget",
    { loginDesign: members },
  );
  const passed = Object.values(loginDesign as Record<string, pulumi.Output<unknown>>);
  expect(await Promise.all(passed.map(pulumi.isSecret))).toEqual([true, false, false]);
  expect(await Promise.all(passed.map(isKnown))).toEqual([true, true, false]);
});

describe("an output under today's name", () => {
  const known = <T>(output: pulumi.Output<T>) => new Promise<T>((is) => output.apply(is));

  /** A resource whose state holds today's names, as `check` has them. */
  async function outputsOf(args: OrganizationArgs, state: object): Promise<Organization> {
    await pulumi.runtime.setMocks({
      newResource: () => ({ id: "id", state }),
      call: () => ({}),
    });
    return new Organization("widget", { accountId: ACCOUNT, ...args });
  }

  const requirements = { pinPolicy: "once" };

  it("is answered where the older one is stated", async () => {
    const args = { mfaSshPivKeyRequirements: requirements };
    const { mfaPivKeyRequirements } = await outputsOf(args, {
      mfaPivKeyRequirements: requirements,
    });
    expect(await known(mfaPivKeyRequirements)).toEqual(requirements);
  });

  it.each<[string, OrganizationArgs["additionalSettings"]]>([
    ["as it is", { session_duration: "12h" }],
    ["as an Output", late({ session_duration: "12h" })],
  ])("is answered where the API's own name is stated, %s", async (_, additionalSettings) => {
    const { sessionDuration } = await outputsOf({ additionalSettings }, { sessionDuration: "12h" });
    expect(await known(sessionDuration)).toBe("12h");
  });

  it("is declared for nothing else: each costs the engine time", async () => {
    const other = await outputsOf({ additionalSettings: { new_one: 1 } }, {});
    expect(Object.keys(other)).not.toContain("sessionDuration");
    expect(Object.keys(other)).toContain("updatedAt");
    const doh = new DohSettings("doh", { accountId: ACCOUNT });
    expect(Object.keys(doh)).not.toContain("serviceTokenId");
  });
});

/** Values without the wrapping in which secrets arrive. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && "4dabf18193072939515e22adb298388d" in inner
      ? (inner as { value?: unknown }).value
      : inner,
  );
}
