import * as pulumi from "@pulumi/pulumi";
import type { CallContext } from "./calls.js";
import { configOf, type Provider } from "../resources/provider.js";

/** Options of this package's functions. */
export interface FunctionOptions {
  /** Whose credentials to use; those of the environment or the stack's configuration where left out. */
  readonly provider?: Provider | undefined;
}

/** What a `Provider` was given, the stack's configuration included, once known; none without one. */
export type GivenConfig = Readonly<Record<string, string>> | undefined;

/** A `Provider`'s arguments, which must be known by now: a preview may not know them yet. */
export async function givenConfig({ provider }: FunctionOptions): Promise<GivenConfig> {
  if (provider === undefined) return undefined;
  const config = pulumi.output(configOf(provider));
  if (!(await isKnown(config)))
    throw new Error(
      "The Provider's credentials are not known yet in this preview. Use the …Output form of the function, which waits for them.",
    );
  return new Promise((resolve) => pulumi.unsecret(config).apply(resolve));
}

/** The same, for what waits until all is known. That a token is secret does not make the answer secret. */
export function configOutput({ provider }: FunctionOptions): pulumi.Output<GivenConfig> {
  if (provider === undefined) return pulumi.output(undefined);
  return pulumi.unsecret(pulumi.output(configOf(provider)));
}

/** How a call reaches the API from within the program. */
export function contextOf(given: GivenConfig): CallContext {
  return {
    readConfig: given === undefined ? stackConfig : (key) => given[key],
    log: (line) => void pulumi.log.info(line),
  };
}

function stackConfig(key: string): string | undefined {
  const [namespace, name = ""] = key.split(":");
  return new pulumi.Config(namespace).get(name);
}

/** `isKnown` is public in the SDK's code, but stripped from its types. */
function isKnown(output: unknown): Promise<boolean> {
  return (output as { readonly isKnown: Promise<boolean> }).isKnown;
}
