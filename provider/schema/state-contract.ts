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
 * The settings that the API accepted and did not return, so their drift cannot be seen. In state, so the
 * key keeps the name that existing state files contain.
 */
export const OMITTED = "__unanswered";

/** Tells `check` what the program knows and the engine does not pass on: `ProgramFacts`. Never in state. */
export const PROGRAM_FACTS = "__program";

export interface ProgramFacts {
  /** The name of the resource, for messages. */
  readonly resource: string;
  /** Distinguishes two resources of the same name in different components. */
  readonly registration: number;
  /** Whether this is a preview, also the one of `pulumi up`. */
  readonly isPreview: boolean;
  /** The names of the secret inputs: the engine passes their plain values. */
  readonly secrets: readonly string[];
  /** The property paths of the resource option `ignoreChanges`. */
  readonly ignoreChanges: readonly string[];
}
