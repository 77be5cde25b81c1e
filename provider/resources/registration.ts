import * as pulumi from "@pulumi/pulumi";
import type { Definition } from "../schema/definition.js";
import {
  DRY_RUN,
  EXTERNAL,
  IGNORE_CHANGES,
  REGISTRATION,
  RESOURCE,
  SECRETS,
} from "../schema/state-contract.js";
import { SCOPE_INPUTS } from "../schema/scope-inputs.js";
import { isObject, type SettingValues } from "../schema/values.js";

/*
 * How a resource is registered so that the engine's plugin process finds the code. The same as
 * `pulumi.dynamic.Resource` does, except that what goes into state is one constant line that says
 * where the code is, not the code: it is the same on every machine and after every upgrade.
 */

/** How the inputs of a resource class are completed. */
export interface Registration {
  /** The class's name. */
  readonly type: string;
  readonly definition: Definition;
  /** The constant code that the plugin evaluates. */
  readonly source: string;
  /** Outputs that exist on every resource of the class, also while nothing declares them. */
  readonly outputs: readonly string[];
}

/**
 * Makes every resource of a class complete its inputs after all transformations: those of its options, of
 * its parents and of the stack. So secrets, options and undefined members that a transformation
 * makes are seen, and transformations see the program's own inputs.
 *
 * The SDK assigns the transformations to the resource and then runs them, so a setter can append the last one.
 */
export function completeInputs(
  resourceClass: { readonly prototype: object },
  registration: Registration,
): void {
  Object.defineProperty(resourceClass.prototype, "__transformations", {
    configurable: true,
    set(this: object, transformations: readonly pulumi.ResourceTransformation[]) {
      const last: pulumi.ResourceTransformation = ({ resource, name, props, opts }) => {
        if ((resource as object) !== this) return undefined; // children inherit transformations
        checkOptions(registration.type, opts);
        return { props: completedInputs(registration, name, props, opts), opts };
      };
      const value = [...transformations, last];
      Object.defineProperty(this, "__transformations", { value, writable: true });
    },
  });
  answerUndeclared(resourceClass, registration.outputs);
}

/** How many resources this program has registered. */
let registrations = 0;

/**
 * The inputs that a resource sends to the engine: the declared ones, hidden ones for `check`, which
 * strips them so that they never reach state, and an undefined one for each output to expect.
 */
export function completedInputs(
  { definition, source }: Pick<Registration, "definition" | "source">,
  resource: string,
  declared: object,
  { ignoreChanges = [] }: pulumi.CustomResourceOptions = {},
): Record<string, unknown> {
  const inputs = declared as SettingValues;
  const given = { ...inputs, ...underCurrentNames(definition, inputs) };
  return {
    ...undefinedFor(Object.keys(definition.computed)),
    ...withNulls(definition, given),
    ...secretInputs(given),
    ...(ignoreChanges.length > 0 ? { [IGNORE_CHANGES]: ignoreChanges } : {}),
    ...(pulumi.runtime.isDryRun() ? { [DRY_RUN]: true } : {}),
    [RESOURCE]: resource,
    [REGISTRATION]: (registrations += 1),
    __provider: source,
  };
}

/**
 * What is stated under an older name is answered under today's, so that is to be expected too. Where
 * it is stated as a secret, a secret null stands for it: the engine knows secrets by their names.
 */
function underCurrentNames(
  { settings, aliases: formerNames, additionalSettings: passThrough }: Definition,
  args: SettingValues,
): Record<string, unknown> {
  const additional = passThrough ? args.additionalSettings : undefined;
  const renamed = Object.keys(formerNames).filter((older) => args[older] !== undefined);
  if (additional === undefined && renamed.length === 0) return {};
  const byWireName = isObject(additional) && !isLate(additional) ? additional : {};
  const expected = Object.entries(settings).flatMap(
    ([name, { apiName: wire, formerApiName: formerWire = wire }]) => {
      if (args[name] !== undefined) return [];
      const values = [
        ...renamed.filter((older) => formerNames[older] === name).map((older) => args[older]),
        byWireName[wire],
        byWireName[formerWire],
        isLate(additional) ? additional : undefined, // what comes late may state any of them
      ].filter((value) => value !== undefined);
      return values.length === 0 ? [] : [[name, secretNullFor(values)] as const];
    },
  );
  return Object.fromEntries(expected);
}

/** `undefined`, which never arrives, where none of some values is a secret. */
function secretNullFor(values: readonly unknown[]): unknown {
  if (!holdsLate(values)) return undefined;
  const isSecret = pulumi.isSecret(pulumi.output(values));
  return isSecret.then((secret) => (secret ? pulumi.secret(null) : undefined));
}

/**
 * Arguments with null for each member of an object that is undefined, or turns out to be. Left out of
 * the object, it would make it arrive as `{}` where nothing else is stated, which clears all of it;
 * an object that only holds nulls states nothing.
 */
function withNulls(
  { settings, aliases: formerNames, additionalSettings: passThrough }: Definition,
  args: SettingValues,
): SettingValues {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      if (passThrough && name === "additionalSettings")
        return [name, onceKnown(value, withoutVoids)];
      const setting = settings[formerNames[name] ?? name];
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

/** Additional settings without the objects of which nothing turns out to be stated: there null clears. */
function withoutVoids(settings: unknown): unknown {
  if (!isObject(settings)) return settings;
  return Object.fromEntries(
    Object.entries(settings).map(([wire, value]) => {
      const members: unknown[] = isObject(value) && !isLate(value) ? Object.values(value) : [];
      // One that is known to be stated leaves all members as secret, and as unknown, as they are.
      const isStated = members.some((member) => member !== undefined && !isLate(member));
      if (isStated) return [wire, value];
      return [wire, onceKnown(holdsLate(value) ? pulumi.output(value) : value, unlessVoid)];
    }),
  );
}

function unlessVoid(value: unknown): unknown {
  const members = isObject(value) ? Object.values(value) : [];
  const isVoid = members.length > 0 && members.every((member) => member === undefined);
  return isVoid ? undefined : value;
}

/** A value changed at once, or as soon as it is known. */
function onceKnown(value: unknown, change: (known: unknown) => unknown): unknown {
  if (!isLate(value)) return change(value);
  const late: pulumi.Output<unknown> = pulumi.output(value);
  return late.apply(change);
}

function isLate(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

function undefinedFor(names: readonly string[]): Record<string, undefined> {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** The arguments whose values must not be printed: the engine hands them to the plugin in clear. */
function secretInputs(args: SettingValues): Record<string, unknown> {
  const late = Object.entries(args).filter(([, value]) => holdsLate(value));
  if (late.length === 0) return {};
  const secrets = late.map(async ([name, value]) =>
    (await pulumi.isSecret(pulumi.output(value))) ? [name] : [],
  );
  const named = Promise.all(secrets).then((names) => names.flat());
  return { [SECRETS]: named.then((names) => (names.length > 0 ? names : undefined)) };
}

/** Whether a value is late, or holds one that is: only an Output can be secret. */
function holdsLate(value: unknown): boolean {
  if (isLate(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsLate);
}

/**
 * Answers outputs that a program does not state. Declaring them all would cost the engine time in
 * every preview, so those left out are answered here by an Output of `undefined`. The setter is for the
 * SDK, which assigns the declared ones to the resource.
 */
function answerUndeclared(resource: { prototype: object }, names: readonly string[]): void {
  for (const name of names) {
    Object.defineProperty(resource.prototype, name, {
      configurable: true,
      get: () => pulumi.output(undefined),
      set(this: object, value: unknown) {
        Object.defineProperty(this, name, {
          value,
          configurable: true,
          enumerable: true,
          writable: true,
        });
      },
    });
  }
}

/** The outputs that hold arguments: what a resource belongs to, and its settings. */
export function inputOutputs({ settings, additionalSettings: passThrough }: Definition): string[] {
  const additional = passThrough ? ["additionalSettings"] : [];
  return [...Object.values(SCOPE_INPUTS), ...Object.keys(settings), ...additional];
}

/** What a resource registers that is only looked at: every argument is declared, and none is stated. */
export function externalInputs(definition: Definition): Record<string, unknown> {
  return { ...undefinedFor(inputOutputs(definition)), [EXTERNAL]: true };
}

const BARE_ID = /^[0-9a-f]{32}$/i;

/** The id that `get` registers: a bare one means an account. */
export function canonicalId(id: pulumi.Input<pulumi.ID>): pulumi.Input<pulumi.ID> {
  const canonical = (given: string) => (BARE_ID.test(given) ? `accounts/${given}` : given);
  return typeof id === "string" ? canonical(id) : pulumi.output(id).apply(canonical);
}

/**
 * Refuses a provider that the SDK would silently ignore, so that other credentials would be used, and
 * an import, which ends in a stack trace of the SDK: the plugin gets neither inputs nor state for it.
 */
export function checkOptions(
  type: string,
  options: pulumi.CustomResourceOptions | undefined,
): void {
  if (options?.import !== undefined)
    throw new Error(
      `${type}: the option \`import\` cannot work for dynamic providers. Leave it out: what is live is adopted when the resource is created. \`npx pulumi-cloudflare-zero-trust import\` writes the program for it.`,
    );
  if (options?.provider === undefined) return;
  const provider = pulumiTypeOf(options.provider);
  if (provider === "pulumi:providers:pulumi-nodejs") return;
  throw new Error(
    `${type}: the option \`provider\` is a ${String(provider)}, whose credentials would not be used. Pass a Provider of pulumi-cloudflare-zero-trust, or none.`,
  );
}

/** The type token that the SDK puts on every resource; it holds across copies of a package, unlike instanceof. */
export function pulumiTypeOf(value: unknown): unknown {
  return (value as { __pulumiType?: unknown } | null | undefined)?.__pulumiType;
}
