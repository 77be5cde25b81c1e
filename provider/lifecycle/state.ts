import { formatScope, type Scope } from "../cloudflare/scope.js";
import type { ResourceType } from "../registry.js";
import { liveInputs } from "../schema/managed-fields.js";
import type { SettingValues, ApiObject } from "../schema/values.js";
import { decodeComputed, decodeAll, decodeSettings } from "../schema/codec.js";
import { scopeInput } from "./inputs.js";
import type { ResourceState } from "./resource.js";

/**
 * The state that a live object gives, reduced to the settings that the program states. Those that
 * the answer says nothing of are kept as stated.
 */
export function managedState(
  kind: ResourceType,
  target: Scope,
  stated: SettingValues,
  live: ApiObject,
  unanswered: readonly string[],
): ResourceState {
  const shown = liveInputs(kind.definition, stated, decodeSettings(kind.definition, live));
  const kept = Object.fromEntries(unanswered.map((name) => [name, stated[name]]));
  return { ...stateOf(kind, target, { ...shown, ...kept }, live), unanswered };
}

/** The state of an object that nobody manages: all that is set. */
export function wholeState(kind: ResourceType, target: Scope, live: ApiObject): ResourceState {
  return stateOf(kind, target, decodeAll(kind.definition, live), live);
}

function stateOf(
  { definition }: ResourceType,
  target: Scope,
  settings: SettingValues,
  live: ApiObject,
): ResourceState {
  return {
    id: formatScope(target),
    inputs: { ...scopeInput(target), ...settings },
    computed: decodeComputed(definition, live),
  };
}
