import type { InputFailure } from "../schema/constraints.js";
import type { SettingValues } from "../schema/values.js";
import type { ResourceInputs } from "./inputs.js";
import type { Context } from "./context.js";

/** What surrounds a check. */
export interface CheckContext {
  readonly session: Context;
  /** The arguments of the last deployment; none for a new resource. */
  readonly before: SettingValues;
  /** What stands in a preview for a value that is not known yet. */
  readonly unknown: string;
  /** The name of the resource in the program, where it is known. */
  readonly resource: string | undefined;
  /** What tells it from another of the same name, in another component. */
  readonly registration?: unknown;
  /** The arguments whose values may not be shown. */
  readonly secrets: readonly string[];
  /** Whether this is a preview, that of `pulumi up` included, so that it should tell what would happen. */
  readonly preview: boolean;
}

/** Arguments that were checked. */
export interface Checked {
  /** Under today's names, without what is null. */
  readonly inputs: SettingValues;
  readonly problems: readonly InputFailure[];
}

/** What is known of a resource after an operation. */
export interface ResourceState {
  readonly id: string;
  /** The arguments with their live values. No computed value shares a name with one. */
  readonly inputs: SettingValues;
  readonly computed: SettingValues;
  /** Arguments that were written and are not answered: their drift cannot be seen. */
  readonly unanswered?: readonly string[];
}

/**
 * What can be done with one kind of resource, in plain values: nothing here knows whether a dynamic
 * provider or another front serves it.
 */
export interface ResourceLifecycle {
  /** How messages call it. */
  readonly noun: string;
  /** The settings among inputs or outputs, under today's names: an older release may have written them. */
  settingsIn(properties: SettingValues): SettingValues;
  /** Finds everything that is wrong, before any call, and fills nothing in. A preview also tells what would happen. */
  check(args: SettingValues, context: CheckContext): Promise<Checked>;
  /** Whether two sets of arguments for the same account or zone ask for the same. */
  declaresTheSame(before: SettingValues, after: SettingValues): boolean;
  create(session: Context, args: ResourceInputs): Promise<ResourceState>;
  /** The live state of a managed resource; undefined where it is gone. */
  read(session: Context, id: string, args: ResourceInputs): Promise<ResourceState | undefined>;
  /** The live state of a resource that is only looked at. */
  readExternal(session: Context, id: string): Promise<ResourceState>;
  update(session: Context, id: string, args: ResourceInputs): Promise<ResourceState>;
  delete(session: Context, id: string): Promise<void>;
}

/** Something was made, and then something failed: Pulumi must keep what exists. */
export class PartialFailure extends Error {
  constructor(
    readonly state: ResourceState,
    readonly reason: string,
  ) {
    super(reason);
  }
}
