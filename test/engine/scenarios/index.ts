import { ADOPTION } from "./adoption.js";
import { EVERYTHING } from "./everything.js";
import { OBJECTS } from "./objects.js";
import type { Scenario } from "./scenario.js";
import { SETTINGS } from "./settings.js";

export type { Scenario, Step } from "./scenario.js";

/**
 * The scenarios. A setting that is declared empty is cleared, and a setting that is no longer declared
 * keeps its live value.
 */
export const SCENARIOS: readonly Scenario[] = [...SETTINGS, ...OBJECTS, ...ADOPTION, ...EVERYTHING];
