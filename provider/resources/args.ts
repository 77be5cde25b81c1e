import type * as pulumi from "@pulumi/pulumi";
import type { ValueOf } from "../schema/values.js";

/** A setting's value as a program may give it: any part of an object may be an Output. */
type InputOf<S> = S extends { readonly members: infer M }
  ? pulumi.Input<{ [K in keyof M]?: InputOf<M[K]> | undefined }>
  : ValueOf<S> extends readonly (infer Item)[]
    ? pulumi.Input<pulumi.Input<Item>[]>
    : pulumi.Input<ValueOf<S>>;

/** The arguments that state settings. Doc comments carry over from the description. */
export type SettingArgs<S> = { [K in keyof S]?: InputOf<S[K]> | undefined };

/** The outputs that hold settings: those that the program states. The others are `undefined`. */
export type SettingOutputs<S> = {
  readonly [K in keyof S]: pulumi.Output<ValueOf<S[K]> | undefined>;
};

/** The outputs that Cloudflare computes. */
export type ComputedOutputs<C> = {
  readonly [K in keyof C]: pulumi.Output<ValueOf<C[K]>>;
};
