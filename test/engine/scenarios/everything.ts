import { CLEARED_SETTINGS, SETTINGS } from "../../contract/program-inputs.js";
import { REFERENCE_SETTINGS } from "../../contract/reference-settings.js";
import { team, type Scenario } from "./scenario.js";

const everything = team("everything");

/** All inputs of the organization at once. */
export const EVERYTHING: readonly Scenario[] = [
  {
    name: "everything",
    steps: [
      {
        title: "a program declares every input",
        args: { ...SETTINGS, ...everything.args },
        live: { ...REFERENCE_SETTINGS, ...everything.live },
      },
      {
        title: "a program clears every setting that can be cleared",
        args: { ...CLEARED_SETTINGS, ...everything.args },
        live: everything.live,
      },
    ],
  },
];
