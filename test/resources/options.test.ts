import * as pulumi from "@pulumi/pulumi";
import { DohSettings } from "../../provider/resources/doh-settings.js";
import { Organization, type OrganizationSettings } from "../../provider/resources/organization.js";
import { Provider } from "../../provider/resources/provider.js";
import { UserRevocation } from "../../provider/resources/user-revocation.js";
import { messageOfCall, SUCCESS } from "../cloudflare/errors.js";
import { ACCOUNT, ZONE } from "../ids.js";
import { mockEngine } from "./registered.js";

const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();

beforeAll(mockEngine);
beforeEach(() => warn.mockClear());

/** A Provider of another package, or a plain one of the plugin that runs dynamic providers. */
class OtherProvider extends pulumi.ProviderResource {
  constructor(pkg: string, name: string) {
    super(pkg, name, {});
  }
}

const args = { accountId: ACCOUNT };

describe("The inputs of a resource", () => {
  it("may be left out in JavaScript, where check reports the missing scope", () => {
    // @ts-expect-error: the inputs are required.
    expect(messageOfCall(() => new Organization("organization"))).toBe(SUCCESS);
  });

  it("name exactly one account or zone, or TypeScript rejects them", () => {
    // @ts-expect-error: one of accountId and zoneId is required.
    new Organization("organization", {});
    // @ts-expect-error: accountId excludes zoneId.
    new Organization("organization", { ...args, zoneId: ZONE });
    // @ts-expect-error: an undefined accountId names no account.
    new Organization("organization", { accountId: undefined });
    // @ts-expect-error: one of accountId and zoneId is required.
    new UserRevocation("revocation", { email: "user@example.com" });
    // @ts-expect-error: accountId excludes zoneId.
    new UserRevocation("revocation", { ...args, zoneId: ZONE, email: "user@example.com" });
  });

  it("accept the names of @pulumi/cloudflare and members newer than this release", () => {
    const pivKey = { pinPolicy: "always", sshKeySizes: [256], sshKeyTypes: ["ecdsa"] };
    new Organization("organization", { ...args, mfaPivKeyRequirements: pivKey });
    const official = { mfaSshPivKeyRequirements: pivKey, mfaConfigurationAllowed: true };
    const names = Object.keys(official) as (keyof typeof official & keyof OrganizationSettings)[];
    expect(names).toHaveLength(2);
    new Organization("organization", { ...args, ...official });
    new Organization("organization", { ...args, loginDesign: { new_member: [1] } });
    // @ts-expect-error: a name in camel case must be known.
    new Organization("organization", { ...args, loginDesign: { newMember: 1 } });
  });

  it.each<[string, unknown]>([
    ["an Output", pulumi.output(args)],
    ["a list", [args]],
    ["a string", ACCOUNT],
  ])("must be a plain object and not %s", (_, inputs) => {
    expect(messageOfCall(() => new Organization("organization", inputs as typeof args))).toBe(
      `Organization "organization": the inputs must be a plain object. Pass Outputs as its properties.`,
    );
  });
});

describe("The option provider", () => {
  it("must be a Provider", () => {
    const none: unknown = {};
    const provider = none as Provider;
    expect(
      messageOfCall(() => new Organization("organization", args, { provider })),
    ).toMatchInlineSnapshot(
      `"Organization "organization": the option "provider" is not a Provider. Pass a Provider of pulumi-cloudflare-zero-trust, or remove the option."`,
    );
  });

  it("must not be a Provider of another package, also where a transformation sets it", () => {
    const provider = new OtherProvider("cloudflare", "theirs");
    const message = messageOfCall(() => new DohSettings("doh", args, { provider }));
    expect(message).toMatchInlineSnapshot(
      `"DohSettings "doh": the option "provider" is a Provider of the package cloudflare, whose credentials cannot be used here. Pass a Provider of pulumi-cloudflare-zero-trust, or remove the option."`,
    );
    const setProvider: pulumi.ResourceTransformation = ({ props, opts }) => ({
      props: props,
      opts: { ...opts, provider },
    });
    expect(
      messageOfCall(() => new DohSettings("doh", args, { transformations: [setProvider] })),
    ).toBe(message);
  });

  it("warns of a plain Provider of pulumi-nodejs, given or inherited", () => {
    const provider = new OtherProvider("pulumi-nodejs", "plain");
    const parent = new pulumi.ComponentResource("test:index:Team", "plain", {}, { provider });
    new Organization("given", args, { provider });
    new Organization("inherited", args, { parent });
    const warnings = warn.mock.calls.map(([message]) => message);
    expect(warnings).toEqual([
      expect.stringContaining(`Organization "given": its Provider is not one of`),
      expect.stringContaining(`Organization "inherited": its Provider is not one of`),
    ]);
    expect(warnings[0]).toMatchInlineSnapshot(
      `"Organization "given": its Provider is not one of pulumi-cloudflare-zero-trust, so it may have no credentials for Cloudflare. The credentials come from the environment or from the stack's configuration. Pass a Provider of pulumi-cloudflare-zero-trust to use others."`,
    );
  });

  it("warns if the parent has a Provider of @pulumi/cloudflare, which is not used", () => {
    const provider = new OtherProvider("cloudflare", "theirs");
    const parent = new pulumi.ComponentResource("test:index:Team", "team", {}, { provider });
    new Organization("organization", args, { parent });
    expect(warn.mock.calls.map(([message]) => message)).toMatchInlineSnapshot(`
      [
        "Organization "organization": the Provider of @pulumi/cloudflare that its parent has is not used. The credentials come from the environment or from the stack's configuration. Pass a Provider of pulumi-cloudflare-zero-trust to use others.",
      ]
    `);
  });

  it("causes no warning if it is a Provider of this package, or if the parent has an unrelated one", () => {
    const provider = new Provider("own", { apiToken: "t" });
    const theirs = new OtherProvider("cloudflare", "theirs");
    const providers = [provider, theirs];
    const parent = new pulumi.ComponentResource("test:index:Team", "own", {}, { providers });
    new Organization("given", args, { provider });
    new Organization("inherited", args, { parent });
    const unrelated = new OtherProvider("aws", "unrelated");
    const other = new pulumi.ComponentResource(
      "test:index:Team",
      "aws",
      {},
      { provider: unrelated },
    );
    new Organization("organization", args, { parent: other });
    expect(warn).not.toHaveBeenCalled();
  });
});

describe("The options id and import", () => {
  const id = `accounts/${ACCOUNT}`;

  it("are rejected, with what to do instead", () => {
    expect(
      [
        () => new Organization("organization", args, { id }),
        () => new DohSettings("doh", args, { id }),
        () => new UserRevocation("revocation", { ...args, email: "user@example.com" }, { id }),
        () => new Organization("organization", args, { import: id }),
      ].map(messageOfCall),
    ).toMatchInlineSnapshot(`
      [
        "Organization "organization": the option "id" only reads the object, so its inputs would be ignored. Remove it to manage the object, or use Organization.get to read it.",
        "DohSettings "doh": the option "id" only reads the object, so its inputs would be ignored. Remove it to manage the object, or use DohSettings.get to read it.",
        "UserRevocation "revocation": the option "id" does not work, because a UserRevocation cannot be read. Remove it.",
        "Organization "organization": the option "import" does not work with dynamic providers. Remove it: creating the resource adopts the live object. To write the program for it, run "npx pulumi-cloudflare-zero-trust import".",
      ]
    `);
  });
});

describe("Organization.get and DohSettings.get", () => {
  const idOf = ({ id }: pulumi.CustomResource) => new Promise((known) => id.apply(known));
  const upperCase = ACCOUNT.toUpperCase();

  it.each([
    [upperCase, `accounts/${ACCOUNT}`],
    [`accounts/${upperCase}`, `accounts/${ACCOUNT}`],
    [`zones/${ZONE.toUpperCase()}`, `zones/${ZONE}`],
    ["no-id", "no-id"],
  ])("read %s as %s", async (given, registered) => {
    expect(await idOf(Organization.get("organization", given))).toBe(registered);
    expect(await idOf(DohSettings.get("doh", pulumi.output(given)))).toBe(registered);
  });

  it("reject an empty id, with which the SDK would register a managed resource", () => {
    for (const get of [Organization.get.bind(Organization), DohSettings.get.bind(DohSettings)])
      expect(messageOfCall(() => get("organization", ""))).toMatch(
        /"organization": the id is empty\. Pass accounts\/<account id>/,
      );
  });
});
