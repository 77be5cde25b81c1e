import * as pulumi from "@pulumi/pulumi";
import type { Definition } from "../schema/definition.js";
import { isObject, type SettingValues } from "../schema/values.js";

/**
 * Returns an entry under the current name for each setting that is declared under a deprecated one, because
 * its output has the current name. If the declared value is a secret, the entry is a secret null: the
 * engine knows secrets by their names.
 */
export function underCurrentNames(
  definition: Definition,
  inputs: SettingValues,
): Record<string, unknown> {
  return Object.fromEntries(
    olderNames(definition, inputs).map(([name, values]) => [name, secretNullFor(values)]),
  );
}

/** Returns each setting that may be declared under an older name, with the values that are declared there. */
function olderNames(
  { settings, aliases, additionalSettings: hasAdditional }: Definition,
  inputs: SettingValues,
): [name: string, values: unknown[]][] {
  const additional = hasAdditional ? inputs.additionalSettings : undefined;
  const deprecated = Object.keys(aliases).filter((alias) => inputs[alias] !== undefined);
  if (additional === undefined && deprecated.length === 0) return [];
  const mayContainAny = isOutputOrPromise(additional);
  const byApiName = isObject(additional) && !mayContainAny ? additional : {};
  return Object.entries(settings)
    .filter(([name]) => inputs[name] === undefined)
    .map(([name, { apiName, formerApiName = apiName }]): [string, unknown[]] => [
      name,
      [
        ...deprecated.filter((alias) => aliases[alias] === name).map((alias) => inputs[alias]),
        byApiName[apiName],
        byApiName[formerApiName],
        mayContainAny ? additional : undefined,
      ].filter((value) => value !== undefined),
    ])
    .filter(([, values]) => values.length > 0);
}

/** Returns a secret null if one of the values is a secret, and otherwise `undefined`, which the engine never gets. */
function secretNullFor(values: readonly unknown[]): unknown {
  if (!containsOutput(values)) return undefined;
  const isSecret = pulumi.isSecret(pulumi.output(values));
  return isSecret.then((secret) => (secret ? pulumi.secret(null) : undefined));
}

/**
 * Returns inputs with null for each member of an object that is undefined, or turns out to be. Without it,
 * an object whose members are all undefined would arrive as `{}`, which clears the live object.
 * `withoutNull` in `lifecycle/check.ts` removes the nulls: an object of nulls declares nothing.
 */
export function withNulls(
  { settings, aliases, additionalSettings: hasAdditional }: Definition,
  inputs: SettingValues,
): SettingValues {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => {
      if (hasAdditional && name === "additionalSettings")
        return [name, onceKnown(value, withoutUndefinedObjects)];
      const setting = settings[aliases[name] ?? name];
      const hasMembers = setting !== undefined && "members" in setting;
      return [name, hasMembers ? onceKnown(value, membersWithNull) : value];
    }),
  );
}

function membersWithNull(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      onceKnown(member, (known) => (known === undefined ? null : known)),
    ]),
  );
}

/** Returns additional settings without objects whose members are all undefined. Null would clear there. */
function withoutUndefinedObjects(settings: unknown): unknown {
  if (!isObject(settings)) return settings;
  return Object.fromEntries(
    Object.entries(settings).map(([apiName, value]) => {
      const members: unknown[] =
        isObject(value) && !isOutputOrPromise(value) ? Object.values(value) : [];
      // If one member is known to be declared, the others stay secret, and unknown.
      const isDeclared = members.some(
        (member) => member !== undefined && !isOutputOrPromise(member),
      );
      if (isDeclared) return [apiName, value];
      return [
        apiName,
        onceKnown(containsOutput(value) ? pulumi.output(value) : value, dropIfUndefined),
      ];
    }),
  );
}

function dropIfUndefined(value: unknown): unknown {
  const members = isObject(value) ? Object.values(value) : [];
  const isUndefined = members.length > 0 && members.every((member) => member === undefined);
  return isUndefined ? undefined : value;
}

/** Changes a value now, or once it is known. */
function onceKnown(value: unknown, change: (known: unknown) => unknown): unknown {
  if (!isOutputOrPromise(value)) return change(value);
  const output: pulumi.Output<unknown> = pulumi.output(value);
  return output.apply(change);
}

/** Whether a value is an Output or a Promise. */
function isOutputOrPromise(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/**
 * Returns the names of the secret inputs. If the engine may transform the inputs, these are all settings.
 *
 * @param inputs The declared inputs, and an entry under the current name for each that has an older one.
 * @param options `additionalSecretOutputs` that repeat inputs make them secret, too.
 */
export async function secretInputs(
  definition: Definition,
  inputs: SettingValues,
  options: pulumi.CustomResourceOptions,
): Promise<string[]> {
  if (await mayBeTransformed(options))
    return [...Object.keys(definition.settings), "additionalSettings"];
  const { additionalSecretOutputs = [] } = options;
  const named = secretOutputs(definition, inputs, additionalSecretOutputs);
  const secrets = Object.entries(inputs).map(async ([name, value]) => {
    const isSecret = containsOutput(value) && (await pulumi.isSecret(pulumi.output(value)));
    return isSecret && !named.includes(name) ? [name] : [];
  });
  return [...named, ...(await Promise.all(secrets)).flat()];
}

/** Returns the current names of the inputs that `additionalSecretOutputs` names, under any of their names. */
function secretOutputs(
  definition: Definition,
  inputs: SettingValues,
  additionalSecretOutputs: readonly string[],
): string[] {
  const { additionalSettings } = inputs;
  const named = additionalSecretOutputs
    .map((name) => definition.aliases[name] ?? name)
    .filter((name) => Object.hasOwn(inputs, name));
  const contained = named.includes("additionalSettings")
    ? olderNames(definition, { additionalSettings }).map(([name]) => name)
    : [];
  return [...named, ...contained];
}

/**
 * Whether the inputs may change after they left this process: the engine runs the transforms of the resource,
 * of its parents and of the stack, and does not report which values they make secret.
 */
async function mayBeTransformed({
  transforms = [],
  parent,
}: pulumi.CustomResourceOptions): Promise<boolean> {
  if (transforms.length > 0) return true;
  // A parent registers its transforms before its URN is known.
  if (parent !== undefined) await new Promise((known) => parent.urn.apply(known));
  return hasCallbacks();
}

/** Whether the program has registered callbacks such as transforms. The SDK's own accessor would start a server. */
function hasCallbacks(): boolean {
  interface Store {
    readonly callbacks?: unknown;
  }
  const sdk = globalThis as {
    readonly asyncLocalStorage?: { getStore(): Store | undefined };
    readonly globalStore?: Store;
  };
  return (sdk.asyncLocalStorage?.getStore() ?? sdk.globalStore)?.callbacks !== undefined;
}

/** Whether a value is or contains an Output or a Promise: no other value can be secret. */
function containsOutput(value: unknown): boolean {
  if (isOutputOrPromise(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(containsOutput);
}
