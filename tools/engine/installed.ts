import { realpath } from "node:fs/promises";
import path from "node:path";
import semver from "semver";
import { type Attempt, MINIMUM_VERSION, VERSION } from "./engine.js";
import {
  CLI,
  DYNAMIC_PLUGIN,
  findIn,
  LANGUAGE_HOST,
  searchPath,
  versionOf,
} from "./executables.js";
import type { ResolvedOptions } from "./options.js";

/** Finds the user's own engine on PATH, if it is new enough and complete. */
export async function engineOnPath(options: ResolvedOptions): Promise<Attempt> {
  const directories = searchPath(options.environment);
  const cli = await findIn(directories, CLI);
  if (cli === undefined) return { failure: "PATH: pulumi not found" };

  const skip = (reason: string): Attempt => {
    options.report(`Skipping ${cli}: ${reason}.`);
    return { failure: `PATH: ${cli}: ${reason}` };
  };

  let version: string;
  try {
    version = await versionOf(cli, options.environment);
  } catch {
    return skip("`pulumi version` failed");
  }
  if (semver.valid(version) === null || semver.lt(version, MINIMUM_VERSION))
    return skip(`version ${version} is older than ${MINIMUM_VERSION}`);

  // The CLI searches PATH first, then the directory of its executable, which a link can point to.
  const beside = [path.dirname(cli), path.dirname(await realpath(cli))];
  for (const companion of [LANGUAGE_HOST, DYNAMIC_PLUGIN])
    if ((await findIn([...directories, ...beside], companion)) === undefined)
      return skip(`${companion} is missing beside it and on PATH`);
  return { engine: { bin: path.dirname(cli), version, origin: "path" } };
}

/** Finds the engine that an earlier run downloaded or built. */
export async function engineInCache(options: ResolvedOptions): Promise<Attempt> {
  const bin = options.engineFolder;
  const [cli, ...others] = await Promise.all(
    [CLI, LANGUAGE_HOST, DYNAMIC_PLUGIN].map((name) => findIn([bin], name)),
  );
  if (cli === undefined || others.includes(undefined))
    return { failure: `cache: no complete engine in ${bin}` };
  try {
    const version = await versionOf(cli, options.environment);
    if (version === VERSION) return { engine: { bin, version, origin: "cache" } };
    return { failure: `cache: ${cli} has version ${version}` };
  } catch {
    // Another machine's executable in a shared home directory, or a damaged file.
    return { failure: `cache: ${cli} does not run on this machine` };
  }
}
