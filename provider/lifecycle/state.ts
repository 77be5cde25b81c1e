import type { Target } from "../cloudflare/target.js";
import { projectLive } from "../model/managed.js";
import type { SettingValues, WireObject } from "../model/values.js";
import { readComputed, readSettings } from "../model/wire.js";
import type { SettingsKind } from "./kind.js";

/** What is known of a settings object after an operation. */
export interface SettingsState {
  readonly target: Target;
  /** The managed settings with their live values, in the program's spelling where that means the same. */
  readonly settings: SettingValues;
  readonly computed: SettingValues;
}

/** The state that a live object gives, reduced to the settings that the program states. */
export function managedState(
  { description }: SettingsKind,
  target: Target,
  stated: SettingValues,
  live: WireObject,
): SettingsState {
  return {
    target,
    settings: projectLive(description, stated, readSettings(description, live)),
    computed: readComputed(description, live),
  };
}

/** The state of an object that nobody manages: all that is set. */
export function wholeState(
  { description }: SettingsKind,
  target: Target,
  live: WireObject,
): SettingsState {
  return {
    target,
    settings: readSettings(description, live),
    computed: readComputed(description, live),
  };
}

/** An object was made, and then something failed: Pulumi must keep what exists. */
export class HalfDone extends Error {
  constructor(
    readonly state: SettingsState,
    readonly reason: string,
  ) {
    super(reason);
  }
}
