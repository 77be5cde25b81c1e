import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const CODE = "pulumi-cloudflare-zero-trust/provider";

/** The script of the SDK that runs the program of a project, in the directory from which the plugin loads code. */
const RUN_SCRIPT = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run(?:[\\/]|$)/;

/** The project's directory. A program may change its working directory later. */
const DIRECTORY = process.cwd();

let isResolved = false;

/**
 * Returns the error message if the engine's plugin process cannot load the code of the resources. The plugin
 * resolves the code from the directory of the project. A package that only a library depends on may be
 * missing there: pnpm and workspaces install it where only the library finds it.
 *
 * Programs that the SDK does not run from their own directory, such as inline programs of the Automation API
 * and unit tests, are not checked.
 */
export function missingPackageError(): string | undefined {
  if (isResolved || !RUN_SCRIPT.test(process.argv[1] ?? "")) return undefined;
  try {
    createRequire(path.join(DIRECTORY, "program.js")).resolve(CODE);
    isResolved = true;
    return undefined;
  } catch {
    return `the engine cannot load "${CODE}" from ${DIRECTORY}. Add "pulumi-cloudflare-zero-trust" to the dependencies in ${packageFile(DIRECTORY)}, install them, and run again. A copy that one of your libraries installed is not enough.`;
  }
}

/** Returns the nearest package.json, or where it belongs if there is none. */
function packageFile(directory: string): string {
  for (let folder = directory; ; folder = path.dirname(folder)) {
    const file = path.join(folder, "package.json");
    if (existsSync(file)) return file;
    if (folder === path.dirname(folder)) return path.join(directory, "package.json");
  }
}
