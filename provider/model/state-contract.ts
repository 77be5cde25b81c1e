/*
 * What every state file holds of this package, and what therefore never changes: the type tokens of
 * the resources, and the line by which the engine's plugin process finds their code.
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
