import { appendFileSync } from "node:fs";

/** Counts of a test run. */
export interface Tally {
  readonly faults?: number;
  readonly badInputs?: number;
  readonly calls?: number;
}

/** Reports counts to `npm run test:faults`, which adds them up. Does nothing in other runs. */
export function tally(numbers: Tally): void {
  const file = process.env.FAULTS_TALLY;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(numbers)}\n`);
}
