import * as pulumi from "@pulumi/pulumi";
import { organization } from "../schema/organization.js";
import { providerSource, typeToken } from "../schema/state-contract.js";
import type { Json } from "../schema/values.js";
import type {
  ComputedOutputs,
  ExactlyOne,
  ObjectInput,
  ScopeArgs,
  SettingArgs,
  SettingOutputs,
} from "./args.js";
import { canonicalId, externalInputs, prepareClass } from "./registration.js";
import { pulumiTypeOf } from "./options.js";

const TYPE = typeToken("Organization");

type Settings = typeof organization.settings;
type Computed = typeof organization.computed;

/** Names of members that only `@pulumi/cloudflare` has. */
interface DeprecatedPivKeyNames {
  /** @deprecated Use `sshKeySize`. */
  sshKeySizes?: pulumi.Input<pulumi.Input<number>[]> | undefined;
  /** @deprecated Use `sshKeyType`. */
  sshKeyTypes?: pulumi.Input<pulumi.Input<string>[]> | undefined;
}

type PivKeyRequirements = ObjectInput<
  Settings["mfaPivKeyRequirements"]["members"],
  DeprecatedPivKeyNames
>;

/**
 * The settings of an `Organization`. Each setting that the program declares is managed. To stop managing
 * a setting, remove its input: the live value stays. To clear a setting, declare it empty (`""`, `[]`,
 * `{}`).
 */
export interface OrganizationSettings extends Pick<
  SettingArgs<Settings>,
  Exclude<keyof Settings, "mfaPivKeyRequirements">
> {
  /** The requirements for enrolling a PIV key. Members that are not declared keep their live values. */
  mfaPivKeyRequirements?: PivKeyRequirements | undefined;
  /**
   * Settings of the API that have no typed input yet, by API name, such as `{ new_setting: true }`. Each
   * key is managed as a whole, and `null` clears it.
   */
  additionalSettings?: pulumi.Input<Record<string, pulumi.Input<Json>>> | undefined;
  /** @deprecated Use `mfaPivKeyRequirements`. */
  mfaSshPivKeyRequirements?: PivKeyRequirements | undefined;
  /** @deprecated Remove it: Cloudflare computes this value and does not accept it. It is ignored with a warning. */
  mfaConfigurationAllowed?: pulumi.Input<boolean> | undefined;
}

/** The inputs of an `Organization`: exactly one of `accountId` and `zoneId`, and the settings to manage. */
export type OrganizationArgs = ExactlyOne<ScopeArgs> & OrganizationSettings;

/** The outputs of an `Organization`. Settings that the program does not declare are `undefined`. */
export interface Organization
  extends
    SettingOutputs<typeof organization.settings>,
    Omit<ComputedOutputs<Computed>, "trustedAccounts">,
    // The response to a creation lacks it, so it is undefined until a refresh.
    Pick<SettingOutputs<Computed>, "trustedAccounts"> {
  readonly accountId: pulumi.Output<string | undefined>;
  readonly zoneId: pulumi.Output<string | undefined>;
  readonly additionalSettings: pulumi.Output<Record<string, Json> | undefined>;
}

/**
 * The Zero Trust organization of a Cloudflare account or zone: the login page, how long sessions last, MFA,
 * and defaults of Access applications.
 *
 * Each account or zone has at most one, and the API cannot delete it. *Create* adopts the live organization and writes the
 * declared settings that differ; if the account has none, it creates one. *Update* writes the settings that its
 * preview lists. *Delete* removes the resource from Pulumi's state and makes no API call.
 *
 * Only declared settings are managed. Remove an input to stop managing its setting: the live value stays. To
 * clear a setting, declare it empty (`""`, `[]`, `{}`). Objects are merged property by property.
 */
export class Organization extends pulumi.CustomResource {
  /**
   * Reads the organization of an account or zone without managing it. All its settings become outputs.
   *
   * @param id `accounts/<account id>`, `zones/<zone id>`, or an account id. Letter case is ignored.
   * @throws at deployment and in previews, if the organization does not exist.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): Organization {
    const args = externalInputs(organization) as unknown as OrganizationArgs;
    return new Organization(name, args, { ...options, id: canonicalId(id) });
  }

  /** Whether a value is an `Organization`, also of another copy of this package. */
  static override isInstance(value: unknown): value is Organization {
    return pulumiTypeOf(value) === TYPE;
  }

  /**
   * @throws Error if an option does not work with this resource, or if the Pulumi project cannot load this
   *   package. Invalid inputs fail in the preview, each at its property.
   */
  constructor(name: string, args: OrganizationArgs, options?: pulumi.CustomResourceOptions) {
    super(TYPE, name, args, options);
  }
}

prepareClass(Organization, {
  type: "Organization",
  definition: organization,
  source: providerSource("organization"),
  isReadable: true,
});
