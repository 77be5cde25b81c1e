import { EMULATOR_TOKEN } from "../../emulator/index.js";
import type { EmulatedApi } from "./cloudflare.js";
import type { Figure } from "./figures.js";
import { FIRST_REQUEST_MS } from "./goals.js";
import { CALLS, type PluginLoading, watchPluginLoading } from "./loading.js";
import { median } from "./statistics.js";
import { VARIANTS } from "./variants.js";

/** Loads and reads one organization in so many processes, one after another. */
export async function watchFirstRequests(
  folder: string,
  api: EmulatedApi,
  rounds: number,
): Promise<PluginLoading[]> {
  await api.seed(1);
  const env = { CLOUDFLARE_BASE_URL: api.baseUrl, CLOUDFLARE_API_TOKEN: EMULATOR_TOKEN };
  const seen: PluginLoading[] = [];
  while (seen.length < rounds) seen.push(await watchPluginLoading(folder, CALLS.read, env));
  return seen;
}

/**
 * Where the time goes between the plugin's asking for the provider and the first request.
 *
 * @param noopMs The time of a no-op resource's refresh, for the ratios.
 */
export function firstRequestFigures(
  seen: readonly PluginLoading[],
  noopMs: number | undefined,
): Figure[] {
  const table = "Refresh of one organization: to the first request, as a ratio to a no-op refresh";
  const client = (loading: PluginLoading) => loading.loadTimes["./client.js"] ?? NaN;
  const total = ({ firstRequestMs }: PluginLoading) => firstRequestMs ?? NaN;
  const times: readonly (readonly [string, (loading: PluginLoading) => number])[] = [
    ["all", total],
    ["loading the provider", ({ loadMs }) => loadMs],
    ["loading the client, with axios", client],
    ["credentials, checks, the request", (one) => total(one) - one.loadMs - client(one)],
  ];
  const column = VARIANTS.ours;
  const counts: readonly (readonly [string, (loading: PluginLoading) => number])[] = [
    ["modules of the provider", ({ entry }) => entry.length],
    ["modules with the client", ({ modules }) => modules.length],
  ];
  return [
    ...times.map(([row, of]): Figure => {
      const absolute = median(seen.map(of));
      const ratio = noopMs === undefined ? undefined : absolute / noopMs;
      const goal = row === "all" ? FIRST_REQUEST_MS : undefined;
      return { table, row, column, ratio, absolute, unit: "ms", goal, judged: absolute };
    }),
    ...counts.map(([row, of]): Figure => {
      return { table, row, column, absolute: median(seen.map(of)), unit: "count" };
    }),
  ];
}
