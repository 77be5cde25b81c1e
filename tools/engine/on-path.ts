import { realpath } from "node:fs/promises";
import path from "node:path";
import semver from "semver";
import { type Attempt, MINIMUM_VERSION } from "./engine.js";
import {
  CLI,
  DYNAMIC_PLUGIN,
  findIn,
  LANGUAGE_HOST,
  searchPath,
  versionOf,
} from "./executables.js";
import type { ResolvedOptions } from "./options.js";

/** The engine that the user has installed, if it is new enough and whole. */
export async function engineOnPath(options: ResolvedOptions): Promise<Attempt> {
  const directories = searchPath(options.environment);
  const cli = await findIn(directories, CLI);
  if (cli === undefined) return { failure: "PATH: no pulumi there" };

  const passOver = (reason: string): Attempt => {
    options.report(`Passing over ${cli}: ${reason}.`);
    return { failure: `PATH: ${cli} ${reason}` };
  };

  let version: string;
  try {
    version = await versionOf(cli, options.environment);
  } catch {
    return passOver("does not answer `pulumi version`");
  }
  if (semver.valid(version) === null || semver.lt(version, MINIMUM_VERSION)) {
    return passOver(`is version ${version}, and ${MINIMUM_VERSION} or newer is needed`);
  }

  // The CLI looks on PATH first, then beside its own executable, which a link may only point to.
  const beside = [path.dirname(cli), path.dirname(await realpath(cli))];
  for (const companion of [LANGUAGE_HOST, DYNAMIC_PLUGIN]) {
    if ((await findIn([...directories, ...beside], companion)) === undefined) {
      return passOver(`has no ${companion} beside it or on PATH`);
    }
  }
  return { engine: { bin: path.dirname(cli), version, origin: "path" } };
}
