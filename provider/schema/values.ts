import type { Definition } from "./definition.js";

/** A union of the known values that accepts any other: editors complete it, and the API may add values. */
type Open<Known> = Known extends string ? Known | (string & Record<never, never>) : Known;

type ItemOf<S> = S extends { items: "integer" }
  ? number
  : S extends { values: readonly (infer V)[] }
    ? Open<V>
    : string;

/** The plain value of one setting. */
export type ValueOf<S> = S extends { type: "boolean" }
  ? boolean
  : S extends { type: "integer" }
    ? number
    : S extends { type: "list" }
      ? ItemOf<S>[]
      : S extends { members: infer M }
        ? { [K in keyof M]?: ValueOf<M[K]> }
        : S extends { values: readonly (infer V)[] }
          ? Open<V>
          : string;

/** The plain values of a definition's settings. Their doc comments are those of the definition. */
export type ValuesOf<S> = { [K in keyof S]?: ValueOf<S[K]> };

/** A JSON value, for `additionalSettings`. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The settings and computed values of a live object under their input and output names. */
export type LiveOf<D extends Definition> = ValuesOf<D["settings"]> & ValuesOf<D["computed"]>;

/** Settings under their input names, of any definition. */
export type SettingValues = Readonly<Record<string, unknown>>;

/** An object in the API's own names. */
export type ApiObject = Readonly<Record<string, unknown>>;

/** The engine's placeholder for a value that a preview does not know yet. Pulumi's protocol fixes it. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
