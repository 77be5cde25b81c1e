import type { SettingsEndpoint } from "../cloudflare/endpoints.js";
import type { Problem } from "../model/rules.js";
import type { SettingValues } from "../model/values.js";
import type { Checkable } from "./check.js";

/** One kind of settings object: its description, its endpoint, and what its settings ask of each other. */
export interface SettingsKind extends Checkable {
  readonly endpoint: SettingsEndpoint;
  /** The values that name a live object to someone who may not know that it exists. */
  readonly introducedBy: readonly string[];
  /** What a whole object, as it is about to be sent, lacks. */
  unmetNeeds(whole: SettingValues): Problem[];
}
