import * as pulumi from "@pulumi/pulumi";
import type { Definition } from "../schema/definition.js";
import { SCOPE_INPUTS, settingNames } from "../schema/input-names.js";
import { EXTERNAL, PROGRAM_FACTS, type ProgramFacts } from "../schema/state-contract.js";
import type { SettingValues } from "../schema/values.js";
import { secretInputs, underCurrentNames, withNulls } from "./inputs.js";
import { checkOptions } from "./options.js";

/*
 * Registers a resource so that the engine's plugin process finds its code. This is what
 * `pulumi.dynamic.Resource` does, except that state contains one constant line that loads the code
 * instead of the code. The line is the same on every machine and after every upgrade.
 */

/** What the registration of a resource class needs to know about it. */
export interface Registration {
  /** The class's name. */
  readonly type: string;
  readonly definition: Definition;
  /** The constant code that the plugin evaluates. */
  readonly source: string;
  /** Whether the class has a static `get`. */
  readonly isReadable: boolean;
}

/** Prepares a resource class: its instances register with complete inputs, and have every output. */
export function prepareClass(
  resourceClass: { readonly prototype: object },
  registration: Registration,
): void {
  installInputTransformation(resourceClass, registration);
  defineUndeclaredOutputs(resourceClass, inputOutputs(registration.definition));
}

/**
 * Makes every resource of a class complete its inputs after all transformations: those of its options, of
 * its parents and of the stack. So secrets, options and undefined members that a transformation makes
 * count, and transformations see the program's own inputs.
 *
 * This relies on the constructor of the SDK's `Resource`, in its `resource.js`: it assigns the array of all
 * transformations to `this.__transformations`, and then iterates over that property. A setter on the
 * prototype therefore sees the assignment, and can append a last transformation.
 */
function installInputTransformation(
  resourceClass: { readonly prototype: object },
  registration: Registration,
): void {
  Object.defineProperty(resourceClass.prototype, "__transformations", {
    configurable: true,
    set(this: object, transformations: readonly pulumi.ResourceTransformation[]) {
      const last: pulumi.ResourceTransformation = ({ resource, name, props, opts }) => {
        if ((resource as object) !== this) return undefined; // children inherit transformations
        checkOptions(registration, name, props, opts);
        return { props: engineInputs(registration, name, props, opts), opts };
      };
      const value = [...transformations, last];
      Object.defineProperty(this, "__transformations", { value, writable: true });
    },
  });
}

/** How many resources this program has registered. */
let registrations = 0;

/**
 * Returns the inputs that a resource sends to the engine: the declared ones, hidden ones, of which only
 * `__provider` reaches state, and an undefined one for each output to expect.
 */
export function engineInputs(
  { definition, source }: Pick<Registration, "definition" | "source">,
  resource: string,
  declared: object,
  options: pulumi.CustomResourceOptions = {},
): Record<string, unknown> {
  const { ignoreChanges = [] } = options;
  const inputs: SettingValues = { ...declared };
  const given = { ...inputs, ...underCurrentNames(definition, inputs) };
  const facts: { readonly [K in keyof ProgramFacts]: pulumi.Input<ProgramFacts[K]> } = {
    resource,
    registration: (registrations += 1),
    isPreview: pulumi.runtime.isDryRun(),
    secrets: secretInputs(definition, given, options),
    ignoreChanges,
  };
  return {
    ...undefinedFor(Object.keys(definition.computed)),
    ...withNulls(definition, given),
    [PROGRAM_FACTS]: facts,
    __provider: source,
  };
}

/**
 * Defines outputs that a program does not declare as Outputs of `undefined`. To declare them all to the
 * engine would cost it time in every preview. The setter is for the SDK, which assigns the declared ones.
 */
function defineUndeclaredOutputs(
  resourceClass: { readonly prototype: object },
  names: readonly string[],
): void {
  for (const name of names) {
    Object.defineProperty(resourceClass.prototype, name, {
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

/** Returns the names of the outputs that repeat inputs: the scope, the settings and the other inputs. */
function inputOutputs(definition: Definition): string[] {
  return [...Object.values(SCOPE_INPUTS), ...settingNames(definition)];
}

/** Returns the inputs of a resource that is only read: every output is expected, and nothing is declared. */
export function externalInputs(definition: Definition): Record<string, unknown> {
  return { ...undefinedFor(inputOutputs(definition)), [EXTERNAL]: true };
}

function undefinedFor(names: readonly string[]): Record<string, undefined> {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

const ID = /^(?:(accounts|zones)\/)?([0-9a-f]{32})$/i;

/** Returns the id that `get` registers: a bare one means an account, and hexadecimal digits are lower-case. */
export function canonicalId(id: pulumi.Input<pulumi.ID>): pulumi.Input<pulumi.ID> {
  const canonical = (given: string) => {
    const [, kind = "accounts", id] = ID.exec(given) ?? [];
    return id === undefined ? given : `${kind}/${id}`.toLowerCase();
  };
  return typeof id === "string" ? canonical(id) : pulumi.output(id).apply(canonical);
}
