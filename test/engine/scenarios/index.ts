import { ADOPTION } from "./adoption.js";
import { EVERYTHING } from "./everything.js";
import type { Scenario } from "./scenario.js";

export type { Scenario, Step } from "./scenario.js";

/** The scenarios. A setting that is declared empty is cleared. */
export const SCENARIOS: readonly Scenario[] = [...ADOPTION, ...EVERYTHING];
