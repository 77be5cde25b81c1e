import { constants } from "node:fs";
import { access, copyFile, stat } from "node:fs/promises";
import path from "node:path";
import execa from "execa";

const isWindows = process.platform === "win32";

/** The file names of an engine's executables on this platform. */
export const CLI = isWindows ? "pulumi.exe" : "pulumi";
export const LANGUAGE_HOST = isWindows ? "pulumi-language-nodejs.exe" : "pulumi-language-nodejs";
export const DYNAMIC_PLUGIN = isWindows
  ? "pulumi-resource-pulumi-nodejs.cmd"
  : "pulumi-resource-pulumi-nodejs";
export const GO = isWindows ? "go.exe" : "go";

/** Returns the first executable file with this name in the directories. */
export async function findIn(
  directories: readonly string[],
  name: string,
): Promise<string | undefined> {
  for (const directory of directories) {
    const file = path.join(directory, name);
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

/** Returns the directories of the PATH, which Windows spells "Path". */
export function searchPath(environment: NodeJS.ProcessEnv): string[] {
  const key = Object.keys(environment).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  return (environment[key] ?? "").split(path.delimiter).filter((directory) => directory !== "");
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** Returns the output of `pulumi version`, without the leading "v". */
export async function versionOf(cli: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await execa(cli, ["version"], {
    env: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
    extendEnv: false,
    timeout: 30_000,
  });
  return stdout.trim().replace(/^v/, "");
}

/**
 * Copies the SDK's script that starts dynamic providers into a directory. One copy serves every project, because the
 * script resolves `@pulumi/pulumi` from the program's directory.
 */
export async function copyDynamicPlugin(directory: string): Promise<void> {
  const sdk = path.dirname(require.resolve("@pulumi/pulumi/package.json"));
  await copyFile(path.join(sdk, DYNAMIC_PLUGIN), path.join(directory, DYNAMIC_PLUGIN));
}
