import type { Scope } from "../cloudflare/scope.js";
import type { Definition } from "../schema/definition.js";
import type { InputFailure } from "../schema/input-failure.js";
import type { SettingValues } from "../schema/values.js";
import type { Context } from "./context.js";

/** Inputs of a resource, parsed once, where they enter from the engine. */
export interface ResourceInputs {
  /** Undefined if a preview does not know it yet. */
  readonly scope: Scope | undefined;
  /** The declared settings under their current names. */
  readonly settings: SettingValues;
}

/** What Pulumi's state records of a resource. */
export interface RecordedState {
  readonly id: string;
  /** The last deployed values; after a refresh, the live ones that it saved. */
  readonly inputs: ResourceInputs;
  /** The version of the live object, if the API has one. */
  readonly version: string | undefined;
  /** Settings that the API accepted and did not return. */
  readonly omitted: readonly string[];
}

export interface CheckContext {
  readonly context: Context;
  /** The inputs that state records; empty for a new resource. */
  readonly before: SettingValues;
  /** The name of the resource in the program, if it is known. */
  readonly resource: string | undefined;
  /** Distinguishes two resources of the same name in different components. */
  readonly registration?: unknown;
  /** The inputs whose values must not be printed. */
  readonly secrets: readonly string[];
  /** The property paths of the resource option `ignoreChanges`. */
  readonly ignoreChanges: readonly string[];
  /** Whether this is a preview, also the one of `pulumi up`. */
  readonly isPreview: boolean;
}

export interface Checked {
  /** Under current names, without nulls. */
  readonly inputs: SettingValues;
  readonly failures: readonly InputFailure[];
}

/** The state of a resource after an operation. */
export interface ResourceState {
  readonly id: string;
  /** The inputs, as outputs record them. No computed output has the name of an input. */
  readonly inputs: SettingValues;
  readonly computed: SettingValues;
  readonly omitted?: readonly string[];
}

/** The operations on one type of resource, in plain values: nothing here depends on dynamic providers. */
export interface ResourceLifecycle {
  readonly definition: Definition;
  /** Returns every failure, and fills nothing in. A preview also warns about the deployment. */
  check(given: SettingValues, context: CheckContext): Promise<Checked>;
  /** Whether two sets of settings of the same scope declare the same. */
  declaresTheSame(before: SettingValues, after: SettingValues): boolean;
  /** Creates the resource, or updates what state records. */
  apply(context: Context, inputs: ResourceInputs, recorded?: RecordedState): Promise<ResourceState>;
  /** Reads a managed resource; undefined if it does not exist. */
  read(context: Context, recorded: RecordedState): Promise<ResourceState | undefined>;
  /** Reads a resource that the program does not manage. */
  readExternal(context: Context, id: string): Promise<ResourceState>;
  delete(context: Context, id: string): Promise<void>;
}

/** An operation failed after something may have been applied: Pulumi must record what exists. */
export class PartialFailure extends Error {
  constructor(
    readonly state: ResourceState,
    reason: string,
  ) {
    super(reason);
  }
}
