import * as pulumi from "@pulumi/pulumi";
import { organization } from "../../provider/schema/organization.js";
import { DohSettings } from "../../provider/resources/doh-settings.js";
import { Organization, type OrganizationSettings } from "../../provider/resources/organization.js";
import { engineInputs } from "../../provider/resources/registration.js";
import { ACCOUNT } from "../ids.js";
import { mockEngine, sentInputs } from "./registered.js";

beforeAll(mockEngine);

/** Returns the settings that an organization sends to `check`. */
async function sentSettings(args: OrganizationSettings): Promise<Record<string, unknown>> {
  const inputs = Object.entries(await sentInputs(args));
  return Object.fromEntries(
    inputs.filter(([name]) => name !== "accountId" && !name.startsWith("__")),
  );
}

/** Returns the inputs of an organization as they leave the constructor, still as Outputs. */
const passedInputs = (args: object) =>
  engineInputs({ definition: organization, source: "source" }, "widget", args);

const late = <T>(value: T | undefined) => pulumi.output(Promise.resolve(value)) as pulumi.Output<T>;
const missing = late<never>(undefined);

describe("An object whose members are all undefined", () => {
  // check removes nulls, whereas {} clears the live object.
  it.each<[string, OrganizationSettings["loginDesign"], object]>([
    ["undefined", { headerText: undefined }, { headerText: null }],
    ["an Output", { headerText: missing }, { headerText: null }],
    ["an Output of the object", pulumi.output({ headerText: undefined }), { headerText: null }],
    ["a Promise of the object", Promise.resolve({ headerText: missing }), { headerText: null }],
    [
      "some of each",
      { headerText: missing, footerText: undefined, logoPath: late("l") },
      { headerText: null, footerText: null, logoPath: "l" },
    ],
  ])("is sent with null members: %s", async (_, loginDesign, sent) => {
    expect(await sentSettings({ loginDesign })).toEqual({ loginDesign: sent });
  });

  it("is sent with null members under a deprecated name and if it is atomic", async () => {
    const nothing = { mfaSshPivKeyRequirements: { pinPolicy: missing } };
    const rule = { action: missing, enabled: missing, inactivityThresholdDays: missing };
    expect(await sentSettings({ ...nothing, serviceTokenInactivity: rule })).toEqual({
      mfaSshPivKeyRequirements: { pinPolicy: null },
      serviceTokenInactivity: { action: null, enabled: null, inactivityThresholdDays: null },
    });
  });

  it("differs from one that is declared empty, also by an Output", async () => {
    for (const loginDesign of [{}, pulumi.output({}), Promise.resolve({})])
      expect(await sentSettings({ loginDesign })).toEqual({ loginDesign: {} });
  });

  it("is not sent if the object itself is undefined", async () => {
    expect(await sentSettings({ loginDesign: missing, mfaConfig: undefined })).toEqual({});
  });
});

describe("Additional settings", () => {
  it("keep undefined and null apart, because null clears", async () => {
    const additionalSettings = { one: missing, other: null };
    expect(await sentSettings({ additionalSettings })).toEqual({
      additionalSettings: { other: null },
    });
  });

  it("lose an object whose members are all undefined", async () => {
    const additionalSettings: object = {
      one: { a: undefined, b: missing },
      two: { a: undefined, b: late(1) },
      three: {},
      four: pulumi.output({ a: undefined }),
    };
    expect(await sentSettings({ additionalSettings } as object)).toEqual({
      additionalSettings: { two: { b: 1 }, three: {} },
    });
  });

  it("keep a member of an object as an Output beside a plain one", () => {
    const login_design = { header_text: late("Hi"), footer_text: "Bye" };
    const { additionalSettings } = passedInputs({ additionalSettings: { login_design } });
    expect(additionalSettings).toEqual({ login_design });
  });
});

describe("A secret that is declared under a deprecated name", () => {
  const isSecret = (args: object, name: string) =>
    pulumi.isSecret(pulumi.output(passedInputs(args)[name]));
  const secret = pulumi.secret("12h");
  const renamed = { mfaSshPivKeyRequirements: { pinPolicy: pulumi.secret("once") } };

  it.each<[string, object, string]>([
    ["a renamed input", renamed, "mfaPivKeyRequirements"],
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
      { ...renamed, additionalSettings: late({ new_one: 1 }) },
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
    expect(sent[name]).toMatchObject({ value: null }); // check removes it
    expect(sent.__program).toMatchObject({ secrets: expect.arrayContaining([name]) as unknown });
  });

  it("is not assumed for a public value", async () => {
    const additionalSettings = late({ session_duration: "12h" });
    expect(await isSecret({ additionalSettings }, "sessionDuration")).toBe(false);
    expect(await sentSettings({ additionalSettings })).toEqual({
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
  const { loginDesign } = passedInputs({ loginDesign: members });
  const passed = Object.values(loginDesign as Record<string, pulumi.Output<unknown>>);
  expect(await Promise.all(passed.map(pulumi.isSecret))).toEqual([true, false, false]);
  expect(await Promise.all(passed.map(isKnown))).toEqual([true, true, false]);
});

describe("An output under the current name", () => {
  const outputsOf = (args: object) =>
    Object.keys(new Organization("widget", { accountId: ACCOUNT, ...args }));

  it.each<[string, object, string]>([
    [
      "the deprecated name",
      { mfaSshPivKeyRequirements: { pinPolicy: "once" } },
      "mfaPivKeyRequirements",
    ],
    ["the API name", { additionalSettings: { session_duration: "12h" } }, "sessionDuration"],
    [
      "the API name in an Output",
      { additionalSettings: late({ session_duration: "12h" }) },
      "sessionDuration",
    ],
  ])("exists if the program declares %s", (_, args, name) => {
    expect(outputsOf(args)).toContain(name);
  });

  it("is not requested for undeclared settings, because each costs the engine time", () => {
    const outputs = outputsOf({ additionalSettings: { new_one: 1 } });
    expect(outputs).not.toContain("sessionDuration");
    expect(outputs).toContain("updatedAt");
    const doh = new DohSettings("doh", { accountId: ACCOUNT });
    expect(Object.keys(doh)).not.toContain("serviceTokenId");
  });
});
