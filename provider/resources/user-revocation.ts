import * as pulumi from "@pulumi/pulumi";
import { providerSource, typeToken } from "../schema/state-contract.js";
import { userRevocation } from "../schema/user-revocation.js";
import type { SettingArgs, SettingOutputs } from "./args.js";
import { completeInputs, inputOutputs, pulumiTypeOf } from "./registration.js";

const TYPE = typeToken("UserRevocation");

/** The arguments of a `UserRevocation`. A zone takes `email` only. */
export interface UserRevocationArgs extends SettingArgs<typeof userRevocation.settings> {
  /** The account whose organization the user belongs to: 32 hexadecimal digits. */
  accountId?: pulumi.Input<string> | undefined;
  /** The zone whose organization the user belongs to: 32 hexadecimal digits. */
  zoneId?: pulumi.Input<string> | undefined;
  /** The email of the user whose sessions end. */
  email: pulumi.Input<string>;
  /** Values whose change revokes again: the date of an incident, the number of a ticket. */
  triggers?: pulumi.Input<pulumi.Input<unknown>[]> | undefined;
}

/** The outputs of a `UserRevocation`: its arguments. */
export interface UserRevocation extends SettingOutputs<typeof userRevocation.settings> {
  readonly accountId: pulumi.Output<string | undefined>;
  readonly zoneId: pulumi.Output<string | undefined>;
  readonly triggers: pulumi.Output<unknown[] | undefined>;
}

/**
 * Ends a user's sessions: when it is created, and again when any of its arguments changes.
 * Refreshing makes no call, and destroying does nothing: what is revoked stays revoked.
 */
export class UserRevocation extends pulumi.CustomResource {
  /** Whether a value is a `UserRevocation`, also one made by another copy of this package. */
  static override isInstance(value: unknown): value is UserRevocation {
    return pulumiTypeOf(value) === TYPE;
  }

  constructor(name: string, args: UserRevocationArgs, options?: pulumi.CustomResourceOptions) {
    super(TYPE, name, args, options);
  }
}

completeInputs(UserRevocation, {
  type: "UserRevocation",
  definition: userRevocation,
  source: providerSource("userRevocation"),
  outputs: [...inputOutputs(userRevocation), ...userRevocation.otherInputs],
});
