import { EMULATOR_TOKEN } from "../../emulator/index.js";
import { accountId } from "./accounts.js";
import { resource } from "./source.js";

/** The account of each resource, by name. A resource that is renamed or moved keeps its account. */
export const NAMES = [
  "renamed",
  "reparented",
  "protectedOne",
  "retained",
  "anchor",
  "deletedWithAnchor",
  "dependent",
  "replacedOnChanges",
  "deletedBeforeReplace",
  "secretOutput",
  "withTimeouts",
  "hooked",
  "blocked",
  "inherited",
  "transformed",
  "transformedByEngine",
  "transformedByStack",
  "targeted",
  "excluded",
  "tainted",
  "ignoredItem",
  "ignoredAll",
  "byHand",
] as const;
export type Name = (typeof NAMES)[number];
export const account = (name: Name) => accountId(NAMES.indexOf(name) + 1);

/** The source of one organization whose header text may change. */
export function organization(
  name: Name,
  headerText: string,
  options = "{}",
  as: string = name,
): string {
  const args = { accountId: account(name), loginDesign: { headerText } };
  return resource("Organization", as, args, options);
}

/** Records every call of a hook in a file, because hooks run in the process of the program. */
const HOOKS = `
const fs = require("node:fs");
const record = (step) => new pulumi.ResourceHook(step, async ({ name, newOutputs }) => {
  fs.appendFileSync(require.resolve("./index.js") + ".hooks", step + " " + name + " " + (newOutputs ? newOutputs.loginDesign.headerText : "") + "\\n");
});
const prevent = new pulumi.ResourceHook("prevent", async () => {
  await new Promise((done) => setTimeout(done, 1000)); // until the other updates have started
  throw new Error("not today");
});`;

/** A transform of the whole stack. It changes one resource, because all others have their own tests. */
const STACK_TRANSFORM = `pulumi.runtime.registerResourceTransform(async ({ name, props, opts }) =>
  name === "transformedByStack"
    ? { props: { ...props, sessionDuration: pulumi.secret("14h") }, opts }
    : undefined);`;

/** Resources with ignored paths, whose live values the test edits before the second program declares others. */
const ignoringResources = (sessionDuration: string, authenticator: string) => {
  const inputs = { sessionDuration, mfaConfig: { allowedAuthenticators: [authenticator] } };
  const options = (ignored: string) => `{ ignoreChanges: [${JSON.stringify(ignored)}] }`;
  const ignoring = (name: Name, ignored: string) =>
    resource("Organization", name, { accountId: account(name), ...inputs }, options(ignored));
  return [
    ignoring("ignoredItem", "mfaConfig.allowedAuthenticators[0]"),
    ignoring("ignoredAll", "*"),
  ];
};

const BY_HAND_INPUTS = { accountId: account("byHand"), sessionDuration: "12h" };
/** A dynamic resource as a program writes it by hand, with the same inputs as an organization. */
const BY_HAND = `
const provider = { create: async (inputs) => ({ id: "accounts/${account("byHand")}", outs: inputs }) };
class ByHand extends pulumi.dynamic.Resource {
  constructor(name, args) { super(provider, name, args); }
}
new ByHand("byHand", ${JSON.stringify(BY_HAND_INPUTS)});`;

export const FIRST = [
  HOOKS,
  STACK_TRANSFORM,
  organization("renamed", "one"),
  organization("reparented", "one"),
  organization("protectedOne", "one", "{ protect: true }"),
  organization("retained", "one", "{ retainOnDelete: true }"),
  organization("anchor", "one"),
  organization("deletedWithAnchor", "one", "{ deletedWith: anchor }"),
  organization("dependent", "one", "{ dependsOn: anchor }"),
  organization("replacedOnChanges", "one", `{ replaceOnChanges: ["loginDesign"] }`),
  organization(
    "deletedBeforeReplace",
    "one",
    `{ replaceOnChanges: ["*"], deleteBeforeReplace: true }`,
  ),
  organization("secretOutput", "one", `{ additionalSecretOutputs: ["loginDesign"] }`),
  organization("withTimeouts", "one", `{ customTimeouts: { create: "1ms" } }`),
  organization(
    "hooked",
    "one",
    `{ hooks: { beforeCreate: [record("beforeCreate")], afterCreate: [record("afterCreate")] } }`,
  ),
  organization("blocked", "one"),
  `const own = new zerotrust.Provider("own", { apiToken: ${JSON.stringify(EMULATOR_TOKEN)} });`,
  `const owner = new pulumi.ComponentResource("test:index:Team", "owner", {}, { providers: [own] });`,
  organization("inherited", "one", "{ parent: owner }"),
  organization(
    "transformed",
    "one",
    `{ transformations: [({ props, opts }) => ({
         props: { ...props, name: "By a transformation", sessionDuration: pulumi.secret("12h") },
         opts,
       })] }`,
  ),
  organization(
    "transformedByEngine",
    "one",
    `{ transforms: [async ({ props, opts }) => ({
         props: { ...props, name: "By a transform", sessionDuration: pulumi.secret("13h") },
         opts,
       })] }`,
  ),
  organization("transformedByStack", "one"),
  organization("targeted", "one"),
  organization("excluded", "one"),
  organization("tainted", "one"),
  ...ignoringResources("24h", "totp"),
  BY_HAND,
];

export const SECOND = [
  HOOKS,
  `const team = new pulumi.ComponentResource("test:index:Team", "team");`,
  organization("renamed", "one", `{ aliases: [{ name: "renamed" }] }`, "newName"),
  organization(
    "reparented",
    "one",
    `{ parent: team, aliases: [{ parent: pulumi.rootStackResource }] }`,
  ),
  organization("protectedOne", "one", "{ protect: true }"),
  organization("replacedOnChanges", "two", `{ replaceOnChanges: ["loginDesign"] }`),
  organization(
    "deletedBeforeReplace",
    "two",
    `{ replaceOnChanges: ["*"], deleteBeforeReplace: true }`,
  ),
  organization("blocked", "two", "{ hooks: { beforeUpdate: [prevent] } }"),
  organization("targeted", "two"),
  organization("excluded", "two"),
  organization("tainted", "one"),
  ...ignoringResources("12h", "biometrics"),
  resource(
    "Organization",
    "byHand",
    BY_HAND_INPUTS,
    `{ aliases: [{ type: "pulumi-nodejs:dynamic:Resource" }] }`,
  ),
];

/** The last program, after one resource was moved to another stack and one was renamed in state. */
export const THIRD = SECOND.filter((source) => !source.includes("blocked")).map((source) =>
  source.includes("replacedOnChanges")
    ? organization("replacedOnChanges", "two", "{}", "renamedInState")
    : source,
);
