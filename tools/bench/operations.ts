/** What is measured, in the order in which a stack goes through it, from nothing to nothing. */
export const OPERATIONS = ["up", "preview", "refresh", "up --refresh", "destroy"] as const;

export type Operation = (typeof OPERATIONS)[number];

const APPLY = ["--yes", "--skip-preview"];

/** The command line of an operation. Each stack is deployed but before the first `up`. */
export const COMMANDS: Readonly<Record<Operation, readonly string[]>> = {
  up: ["up", ...APPLY],
  preview: ["preview"],
  refresh: ["refresh", ...APPLY],
  "up --refresh": ["up", "--refresh", ...APPLY],
  destroy: ["destroy", ...APPLY],
};

/** Those that the others need: without them there would be nothing to preview, or too much to deploy. */
export function isNeeded(operation: Operation): boolean {
  return operation === "up" || operation === "destroy";
}
