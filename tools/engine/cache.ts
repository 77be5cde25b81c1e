import { type Attempt, VERSION } from "./engine.js";
import { CLI, DYNAMIC_PLUGIN, findIn, LANGUAGE_HOST, versionOf } from "./executables.js";
import type { ResolvedOptions } from "./options.js";

/** The engine that an earlier run downloaded or built. */
export async function engineInCache(options: ResolvedOptions): Promise<Attempt> {
  const bin = options.engineFolder;
  const found = await Promise.all(
    [CLI, LANGUAGE_HOST, DYNAMIC_PLUGIN].map((name) => findIn([bin], name)),
  );
  const [cli] = found;
  if (cli === undefined || found.includes(undefined)) {
    return { failure: `cache: nothing in ${bin}` };
  }
  try {
    const version = await versionOf(cli, options.environment);
    if (version === VERSION) return { engine: { bin, version, origin: "cache" } };
    return { failure: `cache: ${cli} says that it is version ${version}` };
  } catch {
    // Another machine's executable in a shared home directory, or a damaged file.
    return { failure: `cache: ${cli} does not run here` };
  }
}
