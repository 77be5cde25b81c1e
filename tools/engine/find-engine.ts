import { engineFromBuild, requiredGo } from "./build.js";
import { engineFromDownload } from "./download.js";
import { type Attempt, type Engine, EngineUnavailable, MINIMUM_VERSION } from "./engine.js";
import { withLock } from "./install.js";
import { engineInCache, engineOnPath } from "./installed.js";
import { type EngineOptions, type ResolvedOptions, resolveOptions } from "./options.js";

/**
 * Returns the engine on PATH, or the one in the cache. Otherwise installs one into the cache: the official download, or
 * if that fails, a build that takes minutes.
 *
 * @throws EngineUnavailable if every way fails
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
    throw new EngineUnavailable([onPath, ...installed.failures], await remedy());
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

async function remedy(): Promise<string> {
  return (
    `Install Pulumi ${MINIMUM_VERSION} or newer (https://www.pulumi.com/docs/install/), or install ` +
    `Go ${await requiredGo()} or newer (https://go.dev/doc/install) to build Pulumi. ` +
    "Then run `npm run engine` again."
  );
}
