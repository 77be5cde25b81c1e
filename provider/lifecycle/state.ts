import { formatTarget, type Target } from "../cloudflare/target.js";
import type { SettingsKind } from "../kinds/kind.js";
import { projectLive } from "../model/managed.js";
import type { SettingValues, WireObject } from "../model/values.js";
import { readComputed, readEverything, readSettings } from "../model/wire.js";
import { targetArgument } from "./arguments.js";
import type { ResourceState } from "./resource.js";

/**
 * The state that a live object gives, reduced to the settings that the program states. Those that
 * the answer says nothing of are kept as stated.
 */
export function managedState(
  kind: SettingsKind,
  target: Target,
  stated: SettingValues,
  live: WireObject,
  unanswered: readonly string[],
): ResourceState {
  const shown = projectLive(kind.description, stated, readSettings(kind.description, live));
  const kept = Object.fromEntries(unanswered.map((name) => [name, stated[name]]));
  return { ...stateOf(kind, target, { ...shown, ...kept }, live), unanswered };
}

/** The state of an object that nobody manages: all that is set. */
export function wholeState(kind: SettingsKind, target: Target, live: WireObject): ResourceState {
  return stateOf(kind, target, readEverything(kind.description, live), live);
}

function stateOf(
  { description }: SettingsKind,
  target: Target,
  settings: SettingValues,
  live: WireObject,
): ResourceState {
  return {
    id: formatTarget(target),
    inputs: { ...targetArgument(target), ...settings },
    computed: readComputed(description, live),
  };
}
