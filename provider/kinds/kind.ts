import type { SettingsEndpoint } from "../cloudflare/endpoints.js";
import type { Description } from "../model/description.js";
import type { Problem } from "../model/rules.js";
import type { ProviderName } from "../model/state-contract.js";
import type { SettingValues } from "../model/values.js";

/** One kind of settings object: its names, its description, its endpoint, and what its settings ask of each other. */
export interface SettingsKind {
  /** The class that a program uses. */
  readonly type: string;
  readonly provider: ProviderName;
  readonly description: Description;
  readonly endpoint: SettingsEndpoint;
  /** The values that name a live object to someone who may not know that it exists. */
  readonly introducedBy: readonly string[];
  /** Where stated settings contradict each other, whatever is live. */
  readonly contradictions: (stated: SettingValues) => Problem[];
  /** What a whole object, as it is about to be sent, lacks. */
  readonly unmetNeeds: (whole: SettingValues) => Problem[];
}
