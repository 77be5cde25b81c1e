import { CLEARED_SETTINGS, SETTINGS } from "../../contract/program-inputs.js";
import { REFERENCE_SETTINGS } from "../../contract/reference-settings.js";
import { team, type Scenario } from "./scenario.js";

const everything = team("everything");

/** All arguments of the organization at once. */
export const EVERYTHING: readonly Scenario[] = [
  {
    name: "everything",
    steps: [
      {
        title: "every argument is set at once",
        args: { ...SETTINGS, ...everything.args },
        live: { ...REFERENCE_SETTINGS, ...everything.live },
      },
      {
        title: "every argument that can be is cleared at once",
        args: { ...CLEARED_SETTINGS, ...everything.args },
        live: everything.live,
      },
    ],
  },
];
