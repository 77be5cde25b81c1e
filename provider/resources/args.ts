import type * as pulumi from "@pulumi/pulumi";
import type { Json, ValueOf } from "../schema/values.js";

/** A setting's value as a program may give it: any part of an object may be an Output. */
type InputOf<S> = S extends { readonly members: infer M }
  ? ObjectInput<M>
  : ValueOf<S> extends readonly (infer Item)[]
    ? pulumi.Input<pulumi.Input<Item>[]>
    : pulumi.Input<ValueOf<S>>;

/** An object as a program may give it: its typed members, deprecated names of them, and newer members. */
export type ObjectInput<Members, DeprecatedNames = unknown> = pulumi.Input<
  { [K in keyof Members]?: InputOf<Members[K]> | undefined } & DeprecatedNames & NewerMembers
>;

/**
 * Members that the API has and this release does not know, under their API names. Names without an underscore
 * are accepted as well, but a type cannot distinguish them from typing mistakes.
 */
type NewerMembers = Readonly<Record<`${string}_${string}`, pulumi.Input<Json> | undefined>>;

/** The inputs that declare settings. Doc comments carry over from the definition. */
export type SettingArgs<S> = { [K in keyof S]?: InputOf<S[K]> | undefined };

/** The outputs of settings. They are `undefined` for settings that the program does not declare. */
export type SettingOutputs<S> = {
  readonly [K in keyof S]: pulumi.Output<ValueOf<S[K]> | undefined>;
};

/** The outputs that Cloudflare computes. */
export type ComputedOutputs<C> = {
  readonly [K in keyof C]: pulumi.Output<ValueOf<C[K]>>;
};

/** An object with exactly one of the properties of `T`. */
export type ExactlyOne<T> = {
  [K in keyof T]-?: { [P in K]-?: Exclude<T[P], undefined> } & Partial<
    Record<Exclude<keyof T, K>, undefined>
  >;
}[keyof T];

/** The account or zone that a resource belongs to. */
export interface ScopeArgs {
  /**
   * The account id: 32 hexadecimal digits, as the dashboard shows it. Either this or `zoneId` is required.
   * Changing it replaces the resource.
   */
  accountId?: pulumi.Input<string> | undefined;
  /**
   * The zone id: 32 hexadecimal digits, as the dashboard shows it. Either this or `accountId` is required.
   * Changing it replaces the resource.
   */
  zoneId?: pulumi.Input<string> | undefined;
}
