import type { Engine } from "../engine/index.js";
import { latencyFigures, limitFigures } from "./calls.js";
import { openCloudflare } from "./cloudflare.js";
import { comparisonFigures, growthFigures } from "./comparison.js";
import type { Figure } from "./figures.js";
import { firstRequestFigures, watchFirstRequests } from "./first-request.js";
import type { BenchOptions } from "./options.js";
import { type BenchPlan, groupsOf, roundAt } from "./plan.js";
import { type Group, prepare, type Sample, type Surroundings } from "./rounds.js";
import { median } from "./statistics.js";
import { comparison, VARIANTS } from "./variants.js";
import { openWorkspace, type Workspace } from "./workspace.js";

export interface BenchResult {
  readonly figures: readonly Figure[];
  /** Every single run, for whoever wants to look at the spread. */
  readonly samples: readonly Sample[];
}

export interface BenchSurroundings {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly detail: (text: string) => void;
}

/** Carries out a plan, in a temporary folder that it removes. */
export async function bench(
  options: BenchOptions,
  plan: BenchPlan,
  given: BenchSurroundings,
): Promise<BenchResult> {
  const workspace = await openWorkspace();
  const other = options.against === undefined ? undefined : await openWorkspace(options.against);
  const cloudflare = openCloudflare();
  try {
    const folderOf = (checkout: string | undefined) =>
      (checkout && other ? other : workspace).folder;
    const surroundings: Surroundings = { ...given, cloudflare, folderOf };
    await warmUp(surroundings);

    const samples = await runInTurn(groupsOf(plan), options.minutes, surroundings);
    const samplesOf = (group: Group | undefined) => (group && samples.get(group)) ?? [];

    given.detail("loading up to the first request");
    const api = await cloudflare.start({});
    const loadings = await watchFirstRequests(workspace.folder, api, options.roundsOf(1));

    const compared = plan.comparisons.flatMap(samplesOf);
    return {
      figures: [
        ...options.sizes.flatMap((size) => comparisonFigures(compared, size)),
        ...growthFigures([...compared, ...samplesOf(plan.growth)], options.sizes),
        ...latencyFigures(samplesOf(plan.latencies)),
        ...limitFigures(samplesOf(plan.limit)),
        ...firstRequestFigures(loadings, noopRefreshMs(compared)),
      ],
      samples: [...samples.values()].flat(),
    };
  } finally {
    cloudflare.close();
    await removeAll([workspace, ...(other === undefined ? [] : [other])]);
  }
}

/** What is read for the first time comes from the disk, later from memory. */
async function warmUp(surroundings: Surroundings): Promise<void> {
  const group = { subjects: comparison(1, true, undefined), operations: [], rounds: 1 };
  await (await prepare(group, surroundings)).round(0);
}

/** Turn after turn of all groups, so that a busy spell hits all of them. The first is always whole. */
async function runInTurn(
  groups: readonly Group[],
  minutes: number,
  surroundings: Surroundings,
): Promise<Map<Group, Sample[]>> {
  const deadline = Date.now() + minutes * 60_000;
  const samples = new Map<Group, Sample[]>();
  const prepared = [];
  for (const group of groups) prepared.push({ group, stacks: await prepare(group, surroundings) });

  const turns = Math.max(...groups.map(({ rounds }) => rounds));
  for (let turn = 0; turn < turns; turn++)
    for (const { group, stacks } of prepared) {
      const round = roundAt(turn, turns, group.rounds);
      if (round === undefined || (turn > 0 && Date.now() > deadline)) continue;
      samples.set(group, [...(samples.get(group) ?? []), ...(await stacks.round(round))]);
    }
  return samples;
}

function noopRefreshMs(samples: readonly Sample[]): number | undefined {
  const times = samples
    .filter(
      ({ subject, operation }) =>
        operation === "refresh" && subject.resources === 1 && subject.title === VARIANTS.noop,
    )
    .map(({ milliseconds }) => milliseconds);
  return times.length === 0 ? undefined : median(times);
}

async function removeAll(workspaces: readonly Workspace[]): Promise<void> {
  for (const workspace of workspaces) await workspace.remove();
}
