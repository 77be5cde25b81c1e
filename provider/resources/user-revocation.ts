import * as pulumi from "@pulumi/pulumi";
import { providerSource, typeToken } from "../schema/state-contract.js";
import { userRevocation } from "../schema/user-revocation.js";
import type { ExactlyOne, ScopeArgs, SettingArgs, SettingOutputs } from "./args.js";
import { prepareClass } from "./registration.js";
import { pulumiTypeOf } from "./options.js";

const TYPE = typeToken("UserRevocation");

/** The user whose sessions end, and values that revoke again when they change. */
interface RevocationArgs extends SettingArgs<typeof userRevocation.settings> {
  /** The email address of the user. */
  email: pulumi.Input<string>;
  /** Any values. A change of one of them revokes again: the date of an incident, the number of a ticket. */
  triggers?: pulumi.Input<pulumi.Input<unknown>[]> | undefined;
}

/**
 * The inputs of a `UserRevocation`: exactly one of `accountId` and `zoneId`, and the user. A zone accepts
 * `email` and `triggers` only.
 */
export type UserRevocationArgs = ExactlyOne<ScopeArgs> & RevocationArgs;

/** The outputs of a `UserRevocation`: its inputs. */
export interface UserRevocation extends SettingOutputs<typeof userRevocation.settings> {
  readonly accountId: pulumi.Output<string | undefined>;
  readonly zoneId: pulumi.Output<string | undefined>;
  readonly triggers: pulumi.Output<unknown[] | undefined>;
}

/**
 * Revokes a user's sessions on create, and again when one of its inputs changes. Refresh and delete make
 * no API call.
 */
export class UserRevocation extends pulumi.CustomResource {
  /** Whether a value is a `UserRevocation`, also of another copy of this package. */
  static override isInstance(value: unknown): value is UserRevocation {
    return pulumiTypeOf(value) === TYPE;
  }

  /**
   * @throws Error if an option does not work with this resource, or if the Pulumi project cannot load this
   *   package. Invalid inputs fail in the preview, each at its property.
   */
  constructor(name: string, args: UserRevocationArgs, options?: pulumi.CustomResourceOptions) {
    super(TYPE, name, args, options);
  }
}

prepareClass(UserRevocation, {
  type: "UserRevocation",
  definition: userRevocation,
  source: providerSource("userRevocation"),
  isReadable: false,
});
