import type { SettingsEndpoint } from "../cloudflare/endpoints.js";
import type { Description } from "../model/description.js";
import type { Problem } from "../model/rules.js";
import type { SettingValues } from "../model/values.js";

/** One kind of settings object: its description, its endpoint, and what its settings ask of each other. */
export interface SettingsKind {
  readonly description: Description;
  readonly endpoint: SettingsEndpoint;
  /** Where stated settings contradict each other, whatever is live. */
  contradictions(stated: SettingValues): Problem[];
  /** What a whole object, as it is about to be sent, lacks. */
  unmetNeeds(whole: SettingValues): Problem[];
}
