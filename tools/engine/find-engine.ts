import { engineFromBuild } from "./build.js";
import { engineFromDownload } from "./download.js";
import { type Attempt, type Engine, MINIMUM_VERSION } from "./engine.js";
import { withLock } from "./install.js";
import { engineInCache, engineOnPath } from "./installed.js";
import { type EngineOptions, type ResolvedOptions, resolveOptions } from "./options.js";

/**
 * Returns the engine on PATH, or the one in the cache. Otherwise installs one into the cache: the official download, or
 * if that fails, a build that takes minutes.
 *
 * @throws Error with what was tried and what to do, if every way fails
 */
export async function findOrInstallEngine(given?: EngineOptions): Promise<Engine> {
  const options = resolveOptions(given);
  const found = await firstOf([engineOnPath, engineInCache], options);
  if ("engine" in found) return found.engine;

  return withLock(options, async () => {
    // The previous holder of the lock may have installed the engine.
    const ways = [engineInCache, engineFromDownload, engineFromBuild];
    const installed = await firstOf(ways, options);
    if ("engine" in installed) return installed.engine;
    const [onPath = ""] = found.failures;
    throw unavailable([onPath, ...installed.failures]);
  });
}

async function firstOf(
  ways: readonly ((options: ResolvedOptions) => Promise<Attempt>)[],
  options: ResolvedOptions,
): Promise<{ readonly engine: Engine } | { readonly failures: readonly string[] }> {
  const failures: string[] = [];
  for (const way of ways) {
    const attempt = await way(options);
    if ("engine" in attempt) return attempt;
    failures.push(attempt.failure);
    if (way === engineFromDownload) options.report(`Cannot ${attempt.failure}.`);
  }
  return { failures };
}

/** The error if every way failed. */
function unavailable(failures: readonly string[]): Error {
  const tried = failures.map((failure, index) => `  ${index + 1}. ${failure}`);
  const remedy =
    `Install Pulumi ${MINIMUM_VERSION} or newer (https://www.pulumi.com/docs/install/), or install ` +
    "a recent Go (https://go.dev/doc/install) to build Pulumi. Then run `npm run engine` again.";
  return new Error(["Cannot find or install a Pulumi engine. Tried:", ...tried, remedy].join("\n"));
}
