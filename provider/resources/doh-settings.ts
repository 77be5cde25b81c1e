import * as pulumi from "@pulumi/pulumi";
import { dohSettings } from "../schema/doh-settings.js";
import { providerSource, typeToken } from "../schema/state-contract.js";
import type { SettingArgs, SettingOutputs } from "./args.js";
import { canonicalId, externalInputs, prepareClass } from "./registration.js";
import { pulumiTypeOf } from "./options.js";

const TYPE = typeToken("DohSettings");

/** The inputs of `DohSettings`: the account, and the settings to manage. */
export interface DohSettingsArgs extends SettingArgs<typeof dohSettings.settings> {
  /**
   * The account id: 32 hexadecimal digits, as the dashboard shows it. Required. Changing it replaces the
   * resource.
   */
  accountId: pulumi.Input<string>;
}

/**
 * The outputs of `DohSettings`. Settings that the program does not declare are `undefined`, and so are
 * the outputs of the service token while none is designated.
 */
export interface DohSettings
  extends SettingOutputs<typeof dohSettings.settings>, SettingOutputs<typeof dohSettings.computed> {
  readonly accountId: pulumi.Output<string>;
}

/**
 * The DNS-over-HTTPS settings of a Cloudflare account: which service token may fetch DoH tokens, and how
 * long those are valid.
 *
 * Every account has them, and the API cannot delete them. *Create* adopts the live settings and writes the
 * declared ones that differ. *Delete* removes the resource from Pulumi's state and makes no API call.
 */
export class DohSettings extends pulumi.CustomResource {
  /**
   * Reads the DoH settings of an account without managing them.
   *
   * @param id `accounts/<account id>`, or an account id. Letter case is ignored.
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

  /**
   * @throws Error if an option does not work with this resource, or if the Pulumi project cannot load this
   *   package. Invalid inputs fail in the preview, each at its property.
   */
  constructor(name: string, args: DohSettingsArgs, options?: pulumi.CustomResourceOptions) {
    super(TYPE, name, args, options);
  }
}

prepareClass(DohSettings, {
  type: "DohSettings",
  definition: dohSettings,
  source: providerSource("dohSettings"),
  isReadable: true,
});
