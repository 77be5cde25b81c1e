/**
 * The form of a resource definition: plain data, from which types, validation, encoding, comparison and
 * request bodies follow. `organization.ts`, `doh-settings.ts` and `user-revocation.ts` are the
 * definitions (the last one uses types, validation and encoding only).
 */

/** A change with consequences for people. */
export interface Risk {
  /**
   * Which change is risky. `longer` compares durations; `items added` counts only if the list had items
   * before, or if `includesFirst` is set.
   */
  readonly when: "changed" | "switched off" | "switched on" | "longer" | "items added";
  /** Whether the first items of an empty list count, too. */
  readonly includesFirst?: true;
  /** The consequence for people, as a sentence without its full stop. */
  readonly impact: string;
}

/** What all settings have in common. */
interface SettingBase {
  /** The field's name in the API. */
  readonly apiName: string;
  /** The field's name in responses, if it differs from the one in requests. */
  readonly responseName?: string;
  /** The name that the API used before. A live object that still has it is written with it. */
  readonly formerApiName?: string;
  /** Whether zones accept the setting, too. Accounts accept all settings. */
  readonly zone?: true;
  /** Whether only PUT accepts the setting, and not POST. */
  readonly putOnly?: true;
  /** Whether creation needs it. It can be changed, but not cleared. */
  readonly required?: true;
  /** Changes of it that deserve a warning before they are deployed. */
  readonly risks?: readonly Risk[];
  /** The boolean setting that must be on for the API to keep and return this one. */
  readonly effectiveWhile?: string;
  /** Whether responses may lack the setting although it is set. */
  readonly mayBeOmitted?: true;
}

export interface BooleanSetting extends SettingBase {
  readonly type: "boolean";
}

export interface IntegerSetting extends SettingBase {
  readonly type: "integer";
  readonly min: number;
  readonly max: number;
}

export interface StringSetting extends SettingBase {
  readonly type: "string";
  readonly format?: "host" | "uuid" | "serviceTokenId" | "email";
  /** The known values. Others pass with a warning, because the API adds values. */
  readonly values?: readonly string[];
}

/** A Go duration: "24h", "1h30m", "90m". Compared by value. */
export interface DurationSetting extends SettingBase {
  readonly type: "duration";
  /** The units that the API accepts here. Default: all of Go's. */
  readonly units?: readonly string[];
  readonly min?: string;
  readonly max?: string;
  /** Cloudflare's default, which responses may contain while the setting is unset. */
  readonly shownWhileUnset?: string;
  /** The duration that is in effect while the setting is unset, if that is documented. Responses do not contain it. */
  readonly effectiveDefault?: string;
}

/** A list whose order is ignored. Managed as a whole. */
export interface ListSetting extends SettingBase {
  readonly type: "list";
  readonly items: "string" | "integer";
  /** Host names are equivalent by their lower-case ASCII form. */
  readonly format?: "zoneName";
  /** The known items. Others pass with a warning. */
  readonly values?: readonly (string | number)[];
  /** Items that the API has renamed: former name to current name. */
  readonly valueAliases?: Readonly<Record<string, string>>;
}

/** A granular object: each member is managed on its own. */
export interface ObjectSetting extends SettingBase {
  readonly type: "object";
  readonly members: Members;
  /** Deprecated member names, and the names that replaced them. */
  readonly memberAliases?: Readonly<Record<string, string>>;
}

/** An atomic object: the API accepts it only complete, so it is managed as a whole. */
export interface AtomicSetting extends SettingBase {
  readonly type: "atomic";
  readonly members: Members;
  /** While this boolean member is false, the object is equivalent to an absent one. */
  readonly enabledBy: string;
  /** The value that clears it, because the API rejects null here. Valid live members replace those given here. */
  readonly clearedValue: Readonly<Record<string, unknown>>;
}

/** A setting without a typed input: named by its API name and sent unchanged. */
export interface JsonSetting extends SettingBase {
  readonly type: "json";
}

export type LeafSetting =
  BooleanSetting | IntegerSetting | StringSetting | DurationSetting | ListSetting;
export type Setting = LeafSetting | ObjectSetting | AtomicSetting;
export type AnySetting = Setting | JsonSetting;

export type Members = Readonly<Record<string, LeafSetting>>;
export type Settings = Readonly<Record<string, Setting>>;

/** An output-only value that the API computes. */
export interface Computed {
  readonly apiName: string;
  readonly type: "string" | "boolean" | "integer" | "list";
}

export type ScopeKind = "accounts" | "zones";

export interface Definition {
  /** The name of the object in messages. */
  readonly displayName: string;
  readonly scopes: readonly ScopeKind[];
  readonly settings: Settings;
  /** Deprecated input names, and the names that replaced them. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Inputs of other packages that Cloudflare does not accept, with the reason. Ignored with a warning. */
  readonly ignoredInputs?: Readonly<Record<string, string>>;
  /** Inputs that are not settings: compared, and never sent. */
  readonly otherInputs?: readonly string[];
  /** Whether the resource has the input `additionalSettings`. */
  readonly additionalSettings: boolean;
  readonly computed: Readonly<Record<string, Computed>>;
  /** The output-only field that shows which of two responses is newer, if it belongs to the object. */
  readonly versionField?: string;
  /** API names of output-only fields. They are never sent: the API rejects some of them (12062). */
  readonly outputOnly: readonly string[];
}
