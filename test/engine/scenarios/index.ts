import { ADOPTION } from "./adoption.js";
import { EVERYTHING } from "./everything.js";
import { OBJECTS } from "./objects.js";
import type { Scenario } from "./scenario.js";
import { SETTINGS } from "./settings.js";

export type { Scenario, Step } from "./scenario.js";

/**
 * What organizations go through. A setting is cleared by stating it empty; leaving it out keeps
 * what is live.
 */
export const SCENARIOS: readonly Scenario[] = [...SETTINGS, ...OBJECTS, ...ADOPTION, ...EVERYTHING];
