import * as pulumi from "@pulumi/pulumi";
import { Organization } from "../../provider/resources/organization.js";
import { UserRevocation } from "../../provider/resources/user-revocation.js";
import type { ProgramFacts } from "../../provider/schema/state-contract.js";
import { ACCOUNT } from "../ids.js";
import { inputsOf, mockEngine, sentInputs } from "./registered.js";

beforeEach(mockEngine); // without the transforms of other tests

/** What the inputs of an organization tell the check. */
async function sentFacts(...organization: Parameters<typeof sentInputs>): Promise<ProgramFacts> {
  return (await sentInputs(...organization)).__program as ProgramFacts;
}

/** A transformation that adds inputs. */
const adding =
  (inputs: object): pulumi.ResourceTransformation =>
  ({ props, opts }) => ({ props: { ...(props as object), ...inputs }, opts });

const component = (name: string, options: pulumi.ComponentResourceOptions) =>
  new pulumi.ComponentResource("test:index:Team", name, {}, options);

describe("A resource with transformations", () => {
  it("lists a secret that a transformation makes among its secret inputs", async () => {
    const loginDesign = { headerText: pulumi.secret("Hi"), footerText: "Bye" };
    const args = { loginDesign: { headerText: "Hi", footerText: "Bye" } };
    const { secrets } = await sentFacts(args, { transformations: [adding({ loginDesign })] });
    expect(secrets).toEqual(["loginDesign"]);
  });

  it("lists a secret that the transformation of a parent or of the whole stack makes", async () => {
    const secret = adding({ sessionDuration: pulumi.secret("12h") });
    const parent = component("team", { transformations: [secret] });
    expect((await sentFacts({}, { parent })).secrets).toEqual(["sessionDuration"]);

    await pulumi.runtime.runInPulumiStack(async () => {
      pulumi.runtime.registerStackTransformation(secret);
      expect((await sentFacts()).secrets).toEqual(["sessionDuration"]);
    });
    expect.assertions(2);
  });

  it("sends null for a member that a transformation leaves undefined, which clears nothing", async () => {
    const headerText = pulumi.output(Promise.resolve(undefined));
    const transformations = [adding({ loginDesign: { headerText } })];
    const { loginDesign } = await sentInputs({}, { transformations });
    expect(loginDesign).toEqual({ headerText: null });
  });

  it("expects an output under the current name of an input that a transformation adds", () => {
    const transformations = [adding({ additionalSettings: { session_duration: "12h" } })];
    const organization = new Organization("widget", { accountId: ACCOUNT }, { transformations });
    expect(Object.keys(organization)).toContain("sessionDuration");
  });

  it("keeps its hidden inputs when a transformation replaces all properties", async () => {
    const replacing: pulumi.ResourceTransformation = ({ opts }) => ({
      props: { accountId: ACCOUNT },
      opts,
    });
    expect(await sentInputs({}, { transformations: [replacing] })).toMatchObject({
      accountId: ACCOUNT,
      __program: { resource: "widget", isPreview: false, ignoreChanges: [] },
      __provider: expect.stringContaining(".organization;") as string,
    });
  });

  it("shows a transformation the inputs of the program and no hidden ones", async () => {
    let seen: unknown;
    const observing: pulumi.ResourceTransformation = ({ props }) => void (seen = props);
    await sentInputs({ sessionDuration: "12h" }, { transformations: [observing] });
    expect(seen).toEqual({ accountId: ACCOUNT, sessionDuration: "12h" });
  });

  it("completes only its own inputs and not those of its children", async () => {
    const parent = new Organization("parent", { accountId: ACCOUNT });
    const args = { accountId: ACCOUNT, email: "user@example.com" };
    const child = new UserRevocation("child", args, { parent });
    expect(await inputsOf(child)).toMatchObject({
      __program: { resource: "child" },
      __provider: expect.stringContaining(".userRevocation;") as string,
    });
    expect(Object.keys(child)).not.toContain("trustedAccounts"); // an output of the parent
  });
});

describe("A resource with the option additionalSecretOutputs", () => {
  it("lists the declared ones among its secret inputs, so that no message shows their values", async () => {
    const { secrets } = await sentFacts(
      { sessionDuration: "12h", name: pulumi.secret("Widget Corp") },
      { additionalSecretOutputs: ["sessionDuration", "updatedAt"] },
    );
    expect(secrets).toEqual(["sessionDuration", "name"]);
  });

  const requirements = { pinPolicy: "once" };
  it.each<[string, object, string, string[]]>([
    [
      "the current name of an input that is declared under its deprecated name",
      { mfaSshPivKeyRequirements: requirements },
      "mfaPivKeyRequirements",
      ["mfaPivKeyRequirements"],
    ],
    [
      "the deprecated name of an input that is declared under its current name",
      { mfaPivKeyRequirements: requirements },
      "mfaSshPivKeyRequirements",
      ["mfaPivKeyRequirements"],
    ],
    [
      "an input that is declared under its API name",
      { additionalSettings: { session_duration: "12h" } },
      "sessionDuration",
      ["sessionDuration"],
    ],
    [
      "additional settings, which contain an input under its API name",
      { additionalSettings: { session_duration: "12h" } },
      "additionalSettings",
      ["additionalSettings", "sessionDuration"],
    ],
  ])("lists the current names, also for %s", async (_, args, named, expected) => {
    const { secrets } = await sentFacts(args, { additionalSecretOutputs: [named] });
    expect(secrets).toEqual(expected);
  });
});

describe("A resource whose inputs the engine may transform", () => {
  const transform: pulumi.ResourceTransform = (args) => Promise.resolve(args);

  it.each<[string, () => pulumi.CustomResourceOptions]>([
    ["its own", () => ({ transforms: [transform] })],
    ["its parent's", () => ({ parent: component("transformed", { transforms: [transform] }) })],
    ["the stack's", () => (pulumi.runtime.registerResourceTransform(transform), {})],
  ])("lists every setting among its secret inputs: by %s transforms", async (_, options) => {
    const { secrets } = await sentFacts({ sessionDuration: "12h" }, options());
    expect(secrets).toEqual(
      expect.arrayContaining(["sessionDuration", "name", "additionalSettings"]),
    );
  });
});

describe("A resource with the option ignoreChanges", () => {
  it("passes the property paths on to check, also those that a transformation adds", async () => {
    const ignoreChanges = ["mfaConfig", "loginDesign.headerText"];
    expect((await sentFacts({}, { ignoreChanges })).ignoreChanges).toEqual(ignoreChanges);
    const ignoring: pulumi.ResourceTransformation = ({ props, opts }) => ({
      props,
      opts: pulumi.mergeOptions(opts, { ignoreChanges: ["*"] }),
    });
    const transformed = await sentFacts({}, { ignoreChanges, transformations: [ignoring] });
    expect(transformed.ignoreChanges).toEqual([...ignoreChanges, "*"]);
  });
});
