import * as pulumi from "@pulumi/pulumi";
import { organization } from "../schema/organization.js";
import { providerSource, typeToken } from "../schema/state-contract.js";
import type { Json } from "../schema/values.js";
import type { ComputedOutputs, SettingArgs, SettingOutputs } from "./args.js";
import {
  completeInputs,
  inputOutputs,
  canonicalId,
  externalInputs,
  pulumiTypeOf,
} from "./registration.js";

const TYPE = typeToken("Organization");

/** The arguments of an `Organization`: exactly one of `accountId` and `zoneId`, and the settings to manage. */
export interface OrganizationArgs extends SettingArgs<typeof organization.settings> {
  /** The account that the organization belongs to: 32 hexadecimal digits. Another one replaces the resource. */
  accountId?: pulumi.Input<string> | undefined;
  /** The zone that the organization belongs to: 32 hexadecimal digits. Another one replaces the resource. */
  zoneId?: pulumi.Input<string> | undefined;
  /**
   * Settings of the API that have no argument here, under the API's own names. Managed like any
   * other, each key as a whole.
   */
  additionalSettings?: pulumi.Input<Record<string, pulumi.Input<Json>>> | undefined;
  /** @deprecated Use `mfaPivKeyRequirements`. */
  mfaSshPivKeyRequirements?: OrganizationArgs["mfaPivKeyRequirements"];
}

/** The outputs of an `Organization`. Settings that the program does not state are `undefined`. */
export interface Organization
  extends
    SettingOutputs<typeof organization.settings>,
    ComputedOutputs<typeof organization.computed> {
  readonly accountId: pulumi.Output<string | undefined>;
  readonly zoneId: pulumi.Output<string | undefined>;
  readonly additionalSettings: pulumi.Output<Record<string, Json> | undefined>;
}

/**
 * The Zero Trust organization of a Cloudflare account or zone: who may log in, how, and for how long.
 *
 * There is exactly one, and it cannot be deleted through the API. So *create* adopts the live
 * organization and writes only the settings that differ from those stated (an account without one
 * gets one), *update* does the same, and *delete* drops it from Pulumi's state and leaves it as it is.
 *
 * Only stated arguments are managed. Leaving an argument out keeps its live value; to clear a
 * setting, state it empty (`""`, `[]`, `{}`, `false`). Objects are managed member by member.
 */
export class Organization extends pulumi.CustomResource {
  /**
   * Looks at the organization of an account or zone without managing it. All that is set is shown.
   *
   * @param id `accounts/<account id>`, `zones/<zone id>` or an account id.
   * @throws at deployment, where there is no organization.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): Organization {
    const args = externalInputs(organization);
    return new Organization(name, args, { ...options, id: canonicalId(id) });
  }

  /** Whether a value is an `Organization`, also one made by another copy of this package. */
  static override isInstance(value: unknown): value is Organization {
    return pulumiTypeOf(value) === TYPE;
  }

  constructor(name: string, args: OrganizationArgs, options?: pulumi.CustomResourceOptions) {
    super(TYPE, name, args, options);
  }
}

completeInputs(Organization, {
  type: "Organization",
  definition: organization,
  source: providerSource("organization"),
  outputs: inputOutputs(organization),
});
