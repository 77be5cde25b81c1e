import { decodeSettings, decodeComputed, isOutputOnly } from "./codec.js";
import type { Definition } from "./definition.js";
import type { ApiObject, SettingValues } from "./values.js";

/** An object as Cloudflare has it now, decoded once, where a response enters. */
export interface LiveObject {
  /** The object as the API returned it. */
  readonly raw: ApiObject;
  /**
   * Settings under their input names, additional settings under `additionalSettings`, and members that
   * this release does not know under their API names inside their objects. Null counts as absent.
   */
  readonly settings: SettingValues;
  /** Output-only values under the names of the outputs. */
  readonly computed: SettingValues;
  /** When the object last changed, if the API says so: a later version has a later time. */
  readonly version: string | undefined;
}

export function decodeLive(definition: Definition, raw: ApiObject): LiveObject {
  const version = definition.versionField === undefined ? undefined : raw[definition.versionField];
  return {
    raw,
    settings: decodeSettings(definition, raw),
    computed: decodeComputed(definition, raw),
    version: typeof version === "string" && version !== "" ? version : undefined,
  };
}

/**
 * The object of a response to a write, with the output-only fields that the response lacks carried over
 * from the read before it: the API returns some of them only for GET, and a missing field has not changed.
 */
export function withCarriedOutputs(
  definition: Definition,
  before: LiveObject,
  after: LiveObject,
): LiveObject {
  const carried = Object.entries(before.raw).filter(
    ([key]) => isOutputOnly(definition, key) && !Object.hasOwn(after.raw, key),
  );
  if (carried.length === 0) return after;
  // A write that does not say when it happened has no version: the one of the read before it is older.
  return {
    ...decodeLive(definition, { ...after.raw, ...Object.fromEntries(carried) }),
    version: after.version,
  };
}
