import * as pulumi from "@pulumi/pulumi";
import { DohSettings } from "../../provider/resources/doh-settings.js";
import { Organization, type OrganizationSettings } from "../../provider/resources/organization.js";
import { UserRevocation } from "../../provider/resources/user-revocation.js";
import type { ProgramFacts } from "../../provider/schema/state-contract.js";
import { ACCOUNT } from "../ids.js";

/** The inputs that the last registered resource sent to the engine. */
let registered: Record<string, unknown> = {};

beforeEach(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ inputs, type }) => {
      if (type.startsWith("pulumi-nodejs:")) registered = inputs as Record<string, unknown>;
      return { id: "id", state: inputs as object };
    },
    call: () => ({}),
  });
});

/** Registers an organization whose inputs and options one transformation changes. */
async function transformed(
  transformation: pulumi.ResourceTransformation,
  args: OrganizationSettings = {},
  options: pulumi.CustomResourceOptions = {},
): Promise<Record<string, unknown>> {
  const { urn } = new Organization(
    "organization",
    { accountId: ACCOUNT, ...args },
    { ...options, transformations: [transformation] },
  );
  await new Promise((known) => urn.apply(known));
  return registered;
}

/** What registered inputs tell the check. */
const factsOf = ({ __program }: Record<string, unknown>) => __program as ProgramFacts;

/** A transformation that adds inputs. */
const adding =
  (inputs: object): pulumi.ResourceTransformation =>
  ({ props, opts }) => ({ props: { ...(props as object), ...inputs }, opts });

describe("A resource with transformations", () => {
  it("lists a secret that a transformation makes among its secret inputs", async () => {
    const inputs = await transformed(
      ({ props, opts }) => {
        const { loginDesign } = props as { loginDesign: object };
        return {
          props: {
            ...(props as object),
            loginDesign: { ...loginDesign, headerText: pulumi.secret("Hi") },
          },
          opts,
        };
      },
      { loginDesign: { headerText: "Hi", footerText: "Bye" } },
    );
    expect(factsOf(inputs).secrets).toEqual(["loginDesign"]);
  });

  it("lists a secret that the transformation of a parent or of the whole stack makes", async () => {
    const secret = adding({ sessionDuration: pulumi.secret("12h") });
    const parent = new pulumi.ComponentResource(
      "test:index:Team",
      "team",
      {},
      {
        transformations: [secret],
      },
    );
    await transformed(() => undefined, {}, { parent });
    expect(factsOf(registered).secrets).toEqual(["sessionDuration"]);

    await pulumi.runtime.runInPulumiStack(async () => {
      pulumi.runtime.registerStackTransformation(secret);
      await transformed(() => undefined);
    });
    expect(factsOf(registered).secrets).toEqual(["sessionDuration"]);
  });

  it("sends null for a member that a transformation leaves undefined, which clears nothing", async () => {
    const headerText = pulumi.output(Promise.resolve(undefined));
    const inputs = await transformed(adding({ loginDesign: { headerText } }));
    expect(inputs.loginDesign).toEqual({ headerText: null });
  });

  it("expects an output under the current name of an input that a transformation adds", async () => {
    const organization = new Organization(
      "organization",
      { accountId: ACCOUNT },
      { transformations: [adding({ additionalSettings: { session_duration: "12h" } })] },
    );
    await new Promise((known) => organization.urn.apply(known));
    expect(Object.keys(organization)).toContain("sessionDuration");
  });

  it("keeps its hidden inputs when a transformation replaces all properties", async () => {
    const inputs = await transformed(({ opts }) => ({ props: { accountId: ACCOUNT }, opts }));
    expect(inputs).toMatchObject({
      accountId: ACCOUNT,
      __program: expect.objectContaining({ resource: "organization" }) as object,
      __provider: expect.stringContaining(".organization;") as string,
    });
  });

  it("shows a transformation the inputs of the program and no hidden ones", async () => {
    let seen: unknown;
    await transformed(({ props }) => void (seen = props), { sessionDuration: "12h" });
    expect(seen).toEqual({ accountId: ACCOUNT, sessionDuration: "12h" });
  });

  it("completes only its own inputs and not those of its children", async () => {
    const parent = new Organization("parent", { accountId: ACCOUNT });
    new DohSettings("child", { accountId: ACCOUNT }, { parent });
    const { urn } = new UserRevocation(
      "grandchild",
      { accountId: ACCOUNT, email: "user@example.com" },
      { parent },
    );
    await new Promise((known) => urn.apply(known));
    expect(registered).toMatchObject({
      __program: expect.objectContaining({ resource: "grandchild" }) as object,
      __provider: expect.stringContaining(".userRevocation;") as string,
    });
  });
});

describe("A resource with the option additionalSecretOutputs", () => {
  it("lists the declared ones among its secret inputs, so that no message shows their values", async () => {
    const inputs = await transformed(
      () => undefined,
      { sessionDuration: "12h", name: pulumi.secret("Widget Corp") },
      { additionalSecretOutputs: ["sessionDuration", "updatedAt"] },
    );
    expect(factsOf(inputs).secrets).toEqual(["sessionDuration", "name"]);
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
  ])("lists the current names, also for %s", async (_, args, named, secrets) => {
    const options = { additionalSecretOutputs: [named] };
    expect(factsOf(await transformed(() => undefined, args, options)).secrets).toEqual(secrets);
  });
});

describe("A resource whose inputs the engine may transform", () => {
  const transform: pulumi.ResourceTransform = ({ props, opts }) => Promise.resolve({ props, opts });
  const declared = { sessionDuration: "12h" };
  const everySetting: unknown = expect.arrayContaining([
    "sessionDuration",
    "name",
    "additionalSettings",
  ]);

  it("lists every setting among its secret inputs, because a transform may make any of them a secret", async () => {
    const inputs = await transformed(() => undefined, declared, { transforms: [transform] });
    expect(factsOf(inputs).secrets).toEqual(everySetting);
  });

  it("lists every setting also if a parent or the stack has a transform", async () => {
    expect(factsOf(await transformed(() => undefined, declared)).secrets).toEqual([]);
    const parent = new pulumi.ComponentResource(
      "test:index:Team",
      "transformed",
      {},
      {
        transforms: [transform],
      },
    );
    expect(factsOf(await transformed(() => undefined, declared, { parent })).secrets).toEqual(
      everySetting,
    );
    pulumi.runtime.registerResourceTransform(transform);
    expect(factsOf(await transformed(() => undefined, declared)).secrets).toEqual(everySetting);
  });
});

describe("A resource with the option ignoreChanges", () => {
  it("passes the property paths on to check", async () => {
    const inputs = await transformed(
      () => undefined,
      {},
      { ignoreChanges: ["mfaConfig", "loginDesign.headerText"] },
    );
    expect(factsOf(inputs).ignoreChanges).toEqual(["mfaConfig", "loginDesign.headerText"]);
  });

  it("passes on the property paths that a transformation adds", async () => {
    const inputs = await transformed(({ props, opts }) => ({
      props,
      opts: pulumi.mergeOptions(opts, { ignoreChanges: ["*"] }),
    }));
    expect(factsOf(inputs).ignoreChanges).toEqual(["*"]);
  });
});

describe("An error that user code throws while a resource is constructed", () => {
  const limit = Error.stackTraceLimit;

  /** Returns the error of a constructor call, and the stack trace limit that the throwing code saw. */
  function errorOf(construct: (fail: () => never) => unknown) {
    let seen: number | undefined;
    const fail = () => {
      seen = Error.stackTraceLimit;
      throw new Error("not today");
    };
    let error: unknown;
    try {
      construct(fail);
    } catch (thrown) {
      error = thrown;
    }
    return { error, seen };
  }

  it.each<[string, (fail: () => never) => unknown]>([
    [
      "a transformation",
      (failInTransformation) =>
        new Organization(
          "organization",
          { accountId: ACCOUNT },
          { transformations: [failInTransformation] },
        ),
    ],
    [
      "a getter of the inputs",
      (fail) =>
        new Organization("organization", {
          accountId: ACCOUNT,
          get name() {
            return fail();
          },
        }),
    ],
  ])("keeps its own stack: %s", (_, construct) => {
    const { error, seen } = errorOf(construct);
    expect(error).toMatchObject({
      message: "not today",
      stack: expect.stringMatching(/at fail .*transformations\.test/) as string,
    });
    expect(seen).toBe(limit);
  });
});
