import * as pulumi from "@pulumi/pulumi";
import { EXTERNAL } from "../schema/state-contract.js";
import { missingPackageError } from "./project.js";
import { configOf } from "./provider.js";
import type { Registration } from "./registration.js";

/** The package of the engine's plugin that runs dynamic providers. */
const PLUGIN = "pulumi-nodejs";

/**
 * Rejects inputs and options that the engine would ignore, or fail on without saying why.
 *
 * @throws Error that names the resource, the option, and what to do.
 */
export function checkOptions(
  { type, isReadable }: Pick<Registration, "type" | "isReadable">,
  name: string,
  inputs: unknown,
  options: pulumi.CustomResourceOptions,
): void {
  const fail: Fail = (reason) => {
    throw new Error(`${type} "${name}": ${reason}`);
  };
  const missing = missingPackageError();
  if (missing !== undefined) fail(missing);
  if (typeof inputs !== "object" || Array.isArray(inputs) || pulumi.Output.isInstance(inputs))
    fail("the inputs must be a plain object. Pass Outputs as its properties.");
  if (options.import !== undefined)
    fail(
      'the option "import" does not work with dynamic providers. Remove it: creating the resource adopts the live object. To write the program for it, run "npx pulumi-cloudflare-zero-trust import".',
    );
  const isExternal = inputs !== null && EXTERNAL in inputs;
  if (isExternal && !options.id)
    fail("the id is empty. Pass accounts/<account id>, or zones/<zone id> for an organization.");
  if (options.id !== undefined && !isExternal)
    fail(
      isReadable
        ? `the option "id" only reads the object, so its inputs would be ignored. Remove it to manage the object, or use ${type}.get to read it.`
        : `the option "id" does not work, because a ${type} cannot be read. Remove it.`,
    );
  checkProvider(type, name, options, fail);
}

type Fail = (reason: string) => never;

function checkProvider(
  type: string,
  name: string,
  { provider, parent }: pulumi.CustomResourceOptions,
  fail: Fail,
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
