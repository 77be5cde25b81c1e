/*
 * What every state file holds of this package, and what therefore never changes: the type tokens of
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
 * Keys beside the arguments, which users never see. The engine hides what begins so from displays.
 */

/** Tells `read` that a resource is only looked at (`Organization.get`), so that all settings are shown. In state. */
export const EXTERNAL = "__external";

/** Where state remembers the settings that the API takes but does not answer. */
export const OMITTED = "__unanswered";

/** Tells `check` that this is a preview: the engine does not tell a dynamic provider. Never in state. */
export const DRY_RUN = "__dryRun";

/** Tells `check` which arguments are secret: it gets their plain values. Never in state. */
export const SECRETS = "__secrets";

/** Tells `check` the resource's name, for messages that concern two resources. Never in state. */
export const RESOURCE = "__resource";

/** Tells `check` which one of the program it is: in two components two may have one name. Never in state. */
export const REGISTRATION = "__registration";

/**
 * Tells `check` the property paths of the option `ignoreChanges`: the engine passes old values for them
 * and does not say so. A list of strings, only where the option has any. Never in state.
 */
export const IGNORE_CHANGES = "__ignoreChanges";
