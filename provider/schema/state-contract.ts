/*
 * What every state file contains of this package, and what therefore never changes: the type tokens of
 * the resources, the line by which the engine's plugin process finds their code, and hidden keys.
 */

/** The providers that the subpath `pulumi-cloudflare-zero-trust/provider` exports. */
export type ProviderName = "organization" | "dohSettings" | "userRevocation";

/** The type token of a resource. */
export function typeToken(type: string): string {
  return `pulumi-nodejs:dynamic/zerotrust:${type}`;
}

/** The line that the plugin evaluates to find a provider. */
export function providerSource(name: ProviderName): string {
  return `exports.handler = () => require("pulumi-cloudflare-zero-trust/provider").${name};`;
}

/*
 * Hidden keys beside the inputs. The engine leaves names that begin with two underscores out of displays.
 */

/** Tells `read` that the program does not manage the resource (`Organization.get`). In state. */
export const EXTERNAL = "__external";

/**
 * The settings that the API accepted and did not return, so that their drift cannot be seen. In state, so the
 * key keeps the name that existing state files contain.
 */
export const OMITTED = "__unanswered";

/** Tells `check` that this is a preview, which the engine does not. Never in state. */
export const DRY_RUN = "__dryRun";

/** Tells `check` which inputs are secret: it gets their plain values. Never in state. */
export const SECRETS = "__secrets";

/** Tells `check` the property paths of the resource option `ignoreChanges`. Never in state. */
export const IGNORE_CHANGES = "__ignoreChanges";

/** Tells `check` the name of the resource, for messages. Never in state. */
export const RESOURCE = "__resource";

/** Tells `check` which resource it is: two in different components may have one name. Never in state. */
export const REGISTRATION = "__registration";
