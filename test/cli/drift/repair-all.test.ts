import type { Cli } from "../../../provider/cli/drift/open.js";
import { repairAll } from "../../../provider/cli/drift/remediate-all.js";
import { terminal } from "../../../provider/cli/terminal.js";
import { resource, stack } from "./reports.js";

it("leaves alone what could not be wholly checked, and says so", async () => {
  const told: string[] = [];
  const stderr = { write: (text: unknown) => told.push(String(text)) > 0 };
  const settings = [{ setting: "sessionDuration", stated: "12h", live: "48h" }];
  const partly = stack("prod", { status: "failed", resources: [resource({ settings })] });
  const checked = [{ dir: ".", seen: [], report: partly }];
  const noCli = undefined as unknown as Cli; // nothing may be run
  const options = { concurrency: 1, yes: true } as const;
  expect(await repairAll(noCli, checked, options, terminal(stderr, stderr))).toBe("left");
  expect(told).toEqual(["accounts / prod: left alone, since it could not be wholly checked.\n"]);
});
