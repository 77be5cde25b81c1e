import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { version as sdkVersion } from "@pulumi/pulumi/version.js";
import { EMULATOR_TOKEN } from "../../emulator/index.js";
import { findOrInstallEngine } from "../engine/index.js";
import { showProgress } from "../engine/progress.js";
import { pageWith } from "../markdown-page.js";
import { runTool } from "../run-tool.js";
import { measurePluginLoading, type PluginLoading } from "./loading.js";
import { forkEmulator } from "./emulator.js";
import { groupsOf } from "./groups.js";
import { measure } from "./measure.js";
import { report } from "./report.js";
import { OPERATIONS, type Operation } from "./stack.js";
import { openWorkspace } from "./workspace.js";

const MARKS = [/<!-- bench -->/, "<!-- /bench -->"] as const;

const HELP = `Measures this package on the real Pulumi engine, as ratios to a no-op dynamic resource.

Usage: npm run bench [-- options]

Options:
  --n <numbers>         numbers of resources (default 1,200,1000)
  --rounds <number>     rounds of each (default 9 for 1 resource, 5 up to 200, then 3)
  --only <operations>   of ${Object.keys(OPERATIONS).join(", ")} (default all)
  --minutes <number>    start no round after this time (default 60)
  --against <directory> also measure another built checkout of this package
  --json <file>         write every single run to a file
  --markdown <file>     replace the tables between the file's <!-- bench --> marks
  --check               exit with 1 if a goal is missed

Example: npm run bench -- --n 1 --rounds 3 --only up,refresh
`;

async function main(signal: AbortSignal): Promise<number> {
  const { values } = parseArgs({
    options: {
      n: { type: "string", default: "1,200,1000" },
      rounds: { type: "string" },
      only: { type: "string", default: Object.keys(OPERATIONS).join(",") },
      minutes: { type: "string", default: "60" },
      against: { type: "string" },
      json: { type: "string" },
      markdown: { type: "string" },
      check: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { against, json, markdown, rounds } = values;
  // A missing mark is reported before an hour of measuring, not after it.
  if (markdown !== undefined) await pageWith(markdown, MARKS, "");
  const sizes = values.n.split(",").map((text) => positiveInteger("--n", text));
  const fixed = rounds === undefined ? undefined : positiveInteger("--rounds", rounds);
  const deadline = Date.now() + positiveInteger("--minutes", values.minutes) * 60_000;

  const engine = await findOrInstallEngine({ signal });
  const workspace = await openWorkspace();
  const other = against === undefined ? undefined : await openWorkspace(against);
  const progress = showProgress(process.stderr, "bench");
  try {
    const groups = groupsOf({
      sizes: sizes.sort((a, b) => a - b),
      // Short runs need more rounds to tell a difference from noise.
      roundsOf: (resources) => fixed ?? (resources === 1 ? 9 : resources <= 200 ? 5 : 3),
      operations: values.only.split(",").map(operationOf),
      against: other !== undefined,
    });
    const samples = await measure(groups, {
      engine,
      folderOf: (subject) => (subject.other && other ? other : workspace).folder,
      deadline,
      signal,
      onProgress: progress.detail,
    });
    const loadings = new Map([["this package", await firstRequests(workspace.folder, fixed ?? 9)]]);
    if (other !== undefined)
      loadings.set("other build", await firstRequests(other.folder, fixed ?? 9));

    const { text, missed } = report(samples, sizes, loadings);
    const model = cpus()[0]?.model.trim() ?? "unknown processor";
    const circumstances = `${new Date().toISOString().slice(0, 10)}: Pulumi ${engine.version}, SDK ${sdkVersion}, Node ${process.versions.node}, ${process.platform}, ${cpus().length} × ${model}`;
    const tables = `${text}\n\n${circumstances}`;
    process.stdout.write(`${tables}\n\n${missed.map((line) => `Missed: ${line}\n`).join("")}`);
    if (json !== undefined) await writeFile(json, JSON.stringify({ circumstances, samples }));
    if (markdown !== undefined)
      await writeFile(markdown, (await pageWith(markdown, MARKS, tables)).wanted);
    return values.check && missed.length > 0 ? 1 : 0;
  } finally {
    progress.end();
    await workspace.remove();
    await other?.remove();
  }
}

/** Loads the provider and reads one organization, in a new process each time. */
async function firstRequests(folder: string, rounds: number): Promise<PluginLoading[]> {
  const emulator = await forkEmulator(0);
  try {
    await emulator.seed(1);
    const env = { CLOUDFLARE_BASE_URL: emulator.baseUrl, CLOUDFLARE_API_TOKEN: EMULATOR_TOKEN };
    const loadings: PluginLoading[] = [];
    while (loadings.length < rounds) loadings.push(await measurePluginLoading(folder, "read", env));
    return loadings;
  } finally {
    emulator.close();
  }
}

function positiveInteger(option: string, text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new Error(`${option} accepts whole numbers from 1 to 99999, not "${text}".`);
}

function operationOf(text: string): Operation {
  if (text in OPERATIONS) return text as Operation;
  throw new Error(`--only accepts ${Object.keys(OPERATIONS).join(", ")}, not "${text}".`);
}

runTool(main);
