import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { version as sdkVersion } from "@pulumi/pulumi/version.js";
import { Command, InvalidArgumentError } from "commander";
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
import { openWorkspace } from "./workspace.js";

const MARKS = [/<!-- bench -->/, "<!-- /bench -->"] as const;

interface Options {
  readonly n: readonly number[];
  readonly rounds?: number;
  readonly against?: string;
  readonly markdown?: string;
}

const command = new Command("npm run bench --")
  .description(
    "measures this package on the real Pulumi engine, as ratios to a no-op dynamic resource; exits with 1 if a goal is missed",
  )
  .option("--n <numbers>", "numbers of resources", positiveIntegers, [1, 200, 1000])
  .option(
    "--rounds <number>",
    "rounds of each (default: 9 for 1 resource, 5 up to 200, then 3)",
    positiveInteger,
  )
  .option("--against <directory>", "also measure another built checkout of this package")
  .option("--markdown <file>", "replace the tables between the file's <!-- bench --> marks")
  .addHelpText("after", "\nExample: npm run bench -- --n 1 --rounds 3");

async function main(signal: AbortSignal): Promise<number> {
  const { n, rounds: fixed, against, markdown } = command.parse().opts<Options>();
  const sizes = [...n].sort((a, b) => a - b);
  // A missing mark is reported before an hour of measuring, not after it.
  if (markdown !== undefined) await pageWith(markdown, MARKS, "");

  const engine = await findOrInstallEngine({ signal });
  const workspace = await openWorkspace();
  const other = against === undefined ? undefined : await openWorkspace(against);
  const progress = showProgress(process.stderr, "bench");
  try {
    const groups = groupsOf({
      sizes,
      // Short runs need more rounds to tell a difference from noise.
      roundsOf: (resources) => fixed ?? (resources === 1 ? 9 : resources <= 200 ? 5 : 3),
      against: other !== undefined,
    });
    const samples = await measure(groups, {
      engine,
      folderOf: (subject) => (subject.other && other ? other : workspace).folder,
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
    if (markdown !== undefined)
      await writeFile(markdown, (await pageWith(markdown, MARKS, tables)).wanted);
    return missed.length > 0 ? 1 : 0;
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

function positiveIntegers(text: string): number[] {
  return text.split(",").map(positiveInteger);
}

function positiveInteger(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It accepts whole numbers from 1 to 99999.");
}

runTool(main);
