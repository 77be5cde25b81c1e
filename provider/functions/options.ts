import * as pulumi from "@pulumi/pulumi";
import type { CallContext } from "./calls.js";
import { configOf, type Provider, type ProviderConfig } from "../resources/provider.js";

/** Options of this package's functions. */
export interface FunctionOptions {
  /**
   * The Provider whose credentials the function uses. Default: the credentials of the environment, or of
   * the stack's configuration.
   */
  readonly provider?: Provider | undefined;
}

/** The configuration of a Provider, once known; undefined without a Provider. */
export type GivenConfig = Readonly<Record<string, string>> | undefined;

/**
 * Returns the configuration of the option `provider`, which must be known by now.
 *
 * @throws Error if a preview does not know it yet, or if the Provider is not one of this package.
 */
export async function givenConfig(
  functionName: string,
  { provider }: FunctionOptions,
): Promise<GivenConfig> {
  if (provider === undefined) return undefined;
  const config = pulumi.output(requireConfig(functionName, provider));
  if (!(await isKnown(config)))
    throw new Error(
      `${functionName}: the credentials of the Provider are not known yet in this preview. Use the function's Output form, which waits for them.`,
    );
  return new Promise((resolve) => pulumi.unsecret(config).apply(resolve));
}

/** Returns the configuration as an Output. A secret token does not make the result secret. */
export function configOutput(
  functionName: string,
  { provider }: FunctionOptions,
): pulumi.Output<GivenConfig> {
  if (provider === undefined) return pulumi.output(undefined);
  return pulumi.unsecret(pulumi.output(requireConfig(functionName, provider)));
}

/** @throws Error if the Provider is not one of this package. */
function requireConfig(functionName: string, provider: Provider): ProviderConfig {
  const config = configOf(provider);
  if (config !== undefined) return config;
  throw new Error(
    `${functionName}: the option "provider" is not a Provider of pulumi-cloudflare-zero-trust, so its credentials cannot be used. Pass a Provider of this package, or remove the option.`,
  );
}

/** Returns how a call reaches the API from within the program. */
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
