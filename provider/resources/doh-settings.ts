import * as pulumi from "@pulumi/pulumi";
import { dohSettings } from "../schema/doh-settings.js";
import { providerSource, typeToken } from "../schema/state-contract.js";
import type { ComputedOutputs, SettingArgs, SettingOutputs } from "./args.js";
import {
  completeInputs,
  inputOutputs,
  canonicalId,
  externalInputs,
  pulumiTypeOf,
} from "./registration.js";

const TYPE = typeToken("DohSettings");

/** The arguments of `DohSettings`. */
export interface DohSettingsArgs extends SettingArgs<typeof dohSettings.settings> {
  /** The account that the settings belong to: 32 hexadecimal digits. Another one replaces the resource. */
  accountId: pulumi.Input<string>;
}

/**
 * The outputs of `DohSettings`. Settings that the program does not state are `undefined`, and so
 * are all that belong to the service token while none is designated.
 */
export interface DohSettings
  extends
    SettingOutputs<typeof dohSettings.settings>,
    Partial<ComputedOutputs<typeof dohSettings.computed>> {
  readonly accountId: pulumi.Output<string>;
}

/**
 * The DNS-over-HTTPS settings of a Cloudflare account: which service token may fetch DoH tokens,
 * and how long those are valid.
 *
 * Every account has them, and they cannot be deleted through the API: *create* adopts them and
 * writes only what differs, *delete* drops them from Pulumi's state and leaves them as they are.
 */
export class DohSettings extends pulumi.CustomResource {
  /**
   * Looks at the DoH settings of an account without managing them.
   *
   * @param id `accounts/<account id>` or an account id.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): DohSettings {
    const args = externalInputs(dohSettings) as unknown as DohSettingsArgs;
    return new DohSettings(name, args, { ...options, id: canonicalId(id) });
  }

  /** Whether a value is `DohSettings`, also of another copy of this package. */
  static override isInstance(value: unknown): value is DohSettings {
    return pulumiTypeOf(value) === TYPE;
  }

  constructor(name: string, args: DohSettingsArgs, options?: pulumi.CustomResourceOptions) {
    super(TYPE, name, args, options);
  }
}

completeInputs(DohSettings, {
  type: "DohSettings",
  definition: dohSettings,
  source: providerSource("dohSettings"),
  outputs: inputOutputs(dohSettings),
});
