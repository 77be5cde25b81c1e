import * as pulumi from "@pulumi/pulumi";
import { EXTERNAL } from "../schema/state-contract.js";
import { unresolvedFrom } from "./project.js";
import { configOf } from "./provider.js";

/** The package of the engine's plugin that runs dynamic providers. */
const PLUGIN = "pulumi-nodejs";

/**
 * Rejects inputs and options that the engine would ignore, or fail on without saying why.
 *
 * @throws Error that names the resource, the option, and what to do.
 */
export function checkOptions(
  type: string,
  name: string,
  inputs: unknown,
  options: pulumi.CustomResourceOptions,
): void {
  const fail = (reason: string) => {
    throw new Error(`${type} "${name}": ${reason}`);
  };
  const unresolved = unresolvedFrom(process.cwd(), process.argv);
  if (unresolved !== undefined) fail(unresolved);
  if (typeof inputs !== "object" || Array.isArray(inputs) || pulumi.Output.isInstance(inputs))
    fail("the inputs must be a plain object. Pass Outputs as its properties.");
  if (options.import !== undefined)
    fail(
      'the option "import" does not work with dynamic providers. Remove it: creating the resource adopts the live object. To write the program for it, run "npx pulumi-cloudflare-zero-trust import".',
    );
  if (options.id !== undefined && !(inputs !== null && EXTERNAL in (inputs as object)))
    fail(
      type === "UserRevocation"
        ? 'the option "id" does not work, because a revocation cannot be read. Remove it.'
        : `the option "id" only reads the object, so its inputs would be ignored. Remove it to manage the object, or use ${type}.get to read it.`,
    );
  checkProvider(type, name, options, fail);
}

function checkProvider(
  type: string,
  name: string,
  { provider, parent }: pulumi.CustomResourceOptions,
  fail: (reason: string) => void,
): void {
  const advice = "Pass a Provider of pulumi-cloudflare-zero-trust";
  const given = provider ?? undefined;
  const packageOf = (value: unknown) =>
    /^pulumi:providers:(.+)$/.exec(String(pulumiTypeOf(value)))?.[1];
  if (given !== undefined && packageOf(given) === undefined)
    fail(`the option "provider" is not a Provider. ${advice}, or remove the option.`);
  if (given !== undefined && packageOf(given) !== PLUGIN)
    fail(
      `the option "provider" is a Provider of the package ${String(packageOf(given))}, whose credentials cannot be used here. ${advice}, or remove the option.`,
    );

  const used = given ?? parent?.getProvider(`${PLUGIN}:index:Resource`);
  const ignored = parent?.getProvider("cloudflare:index:Resource");
  const others = `The credentials come from the environment or from the stack's configuration. ${advice} to use others.`;
  if (used !== undefined && configOf(used) === undefined)
    void pulumi.log.warn(
      `${type} "${name}": its Provider is not one of pulumi-cloudflare-zero-trust, so it may have no credentials for Cloudflare. ${others}`,
    );
  if (used === undefined && ignored !== undefined)
    void pulumi.log.warn(
      `${type} "${name}": the Provider of @pulumi/cloudflare that its parent has is not used. ${others}`,
    );
}

/** Returns the type token that the SDK puts on every resource. Unlike instanceof it holds across copies of a package. */
export function pulumiTypeOf(value: unknown): unknown {
  return (value as { __pulumiType?: unknown } | null | undefined)?.__pulumiType;
}
