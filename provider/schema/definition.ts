/**
 * The form in which a settings object of the API is described: plain data, from which types,
 * check, wire mapping, comparison and plan follow. `organization.ts`, `doh-settings.ts` and
 * `user-revocation.ts` are the descriptions (of the last one, only types, check and wire mapping are
 * used); nothing here or there runs anything.
 */

/** A change that a person should be warned of. */
export interface Risk {
  readonly when: "changed" | "switched off";
  readonly impact: string;
}

/** What every setting says of itself. */
interface SettingBase {
  /** The API's name, in requests and answers. */
  readonly apiName: string;
  /** The name under which answers carry it, where that is another one. */
  readonly responseName?: string;
  /** The name that the API used before; a live object that still answers under it is written under it. */
  readonly formerApiName?: string;
  /** Also taken by the zone level. All settings are taken by the account level. */
  readonly zone?: true;
  /** Not taken when the object is made, only by a later PUT. */
  readonly putOnly?: true;
  /** Can be changed, but not cleared. */
  readonly required?: true;
  /** What a change of it does to people, where that is worth a warning before. */
  readonly risk?: Risk;
  /** The API shows and keeps this setting only while that boolean setting is on. */
  readonly effectiveWhile?: string;
  /** There are answers that lack it although it is set. */
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
  /** The values known today. Others pass with a warning: the API's lists grow. */
  readonly values?: readonly string[];
}

/** A Go duration: "24h", "1h30m", "90m". Compared by value. */
export interface DurationSetting extends SettingBase {
  readonly type: "duration";
  /** The only units that the API takes here; all of Go's where left out. */
  readonly units?: readonly string[];
  readonly min?: string;
  readonly max?: string;
  /** What answers may show while nobody has set it: Cloudflare's default. */
  readonly defaultValue?: string;
}

/** A list whose order means nothing. Managed as a whole. */
export interface ListSetting extends SettingBase {
  readonly type: "list";
  readonly items: "string" | "integer";
  /** Items that mean the same in any letter case. */
  readonly format?: "host";
  /** The items known today. Others pass with a warning. */
  readonly values?: readonly (string | number)[];
  /** Names of items that the API has renamed: former to today's. */
  readonly valueAliases?: Readonly<Record<string, string>>;
}

/** An object, managed member by member. */
export interface ObjectSetting extends SettingBase {
  readonly type: "object";
  readonly members: Members;
}

/** An object that the API takes only complete; managed as a whole. */
export interface AtomicSetting extends SettingBase {
  readonly type: "atomic";
  readonly members: Members;
  /** While this boolean member is false, the object means the same as an absent one. */
  readonly enabledBy: string;
  /** What clears it, since the API refuses null here. Live values of the other members win. */
  readonly clearedValue: Readonly<Record<string, unknown>>;
}

/** A setting that this package has no type for: named by its wire name, passed through as it is. */
export interface JsonSetting extends SettingBase {
  readonly type: "json";
}

export type LeafSetting =
  BooleanSetting | IntegerSetting | StringSetting | DurationSetting | ListSetting;
export type Setting = LeafSetting | ObjectSetting | AtomicSetting;
export type AnySetting = Setting | JsonSetting;

export type Members = Readonly<Record<string, LeafSetting>>;
export type Settings = Readonly<Record<string, Setting>>;

/** A value that the API computes and nobody can set. */
export interface Computed {
  readonly apiName: string;
  readonly type: "string" | "boolean" | "integer";
}

export type ScopeKind = "accounts" | "zones";

export interface Definition {
  /** How messages call it. */
  readonly displayName: string;
  readonly scopes: readonly ScopeKind[];
  readonly settings: Settings;
  /** Deprecated argument names and the names that took their place. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Arguments besides that are no settings: taken as they are, compared, and never sent. */
  readonly otherInputs?: readonly string[];
  /** Whether `additionalSettings` passes on what has no type here. */
  readonly additionalSettings: boolean;
  readonly computed: Readonly<Record<string, Computed>>;
  /** Wire names that only answers carry. They are never sent: the API refuses some (12062). */
  readonly outputOnly: readonly string[];
}
