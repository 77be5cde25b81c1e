import { engineFromBuild, requiredGo } from "./build.js";
import { engineInCache } from "./cache.js";
import { engineFromDownload } from "./download.js";
import { type Attempt, type Engine, EngineUnavailable, MINIMUM_VERSION } from "./engine.js";
import { withLock } from "./lock.js";
import { engineOnPath } from "./on-path.js";
import { type EngineOptions, type ResolvedOptions, resolveOptions } from "./options.js";

type Way = (options: ResolvedOptions) => Promise<Attempt>;

/**
 * The engine that the user has installed, or the one in the cache; else one is made there: the
 * official download, or where that cannot be had, a build that takes minutes, once.
 *
 * @throws EngineUnavailable when no way leads to an engine
 */
export async function findOrMakeEngine(given?: EngineOptions): Promise<Engine> {
  const options = resolveOptions(given);
  const found = await firstOf([engineOnPath, engineInCache], options);
  if ("engine" in found) return found.engine;

  return withLock(options, async () => {
    // Whoever held the lock before may have made the engine meanwhile.
    const made = await firstOf([engineInCache, engineFromDownload, engineFromBuild], options);
    if ("engine" in made) return made.engine;
    const [onPath] = found.failures;
    throw new EngineUnavailable([onPath ?? "", ...made.failures], await remedy());
  });
}

async function firstOf(
  ways: readonly Way[],
  options: ResolvedOptions,
): Promise<{ readonly engine: Engine } | { readonly failures: readonly string[] }> {
  const failures: string[] = [];
  for (const way of ways) {
    const attempt = await way(options);
    if ("engine" in attempt) return attempt;
    failures.push(attempt.failure);
    if (way === engineFromDownload) options.report(`No ${attempt.failure}.`);
  }
  return { failures };
}

async function remedy(): Promise<string> {
  return (
    `Install Pulumi ${MINIMUM_VERSION} or newer (https://www.pulumi.com/docs/install/), ` +
    `or Go ${await requiredGo()} or newer (https://go.dev/doc/install) and let this build it. ` +
    "Then run `npm run engine` again."
  );
}
