import { constants } from "node:fs";
import { access, copyFile, stat } from "node:fs/promises";
import path from "node:path";
import execa from "execa";

const onWindows = process.platform === "win32";

/** File names of what an engine consists of, on this platform. */
export const CLI = onWindows ? "pulumi.exe" : "pulumi";
export const LANGUAGE_HOST = onWindows ? "pulumi-language-nodejs.exe" : "pulumi-language-nodejs";
export const DYNAMIC_PLUGIN = onWindows
  ? "pulumi-resource-pulumi-nodejs.cmd"
  : "pulumi-resource-pulumi-nodejs";

/** The first executable file of this name in these directories. */
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

/** The directories of the PATH, which Windows spells "Path". */
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

/** What `pulumi version` answers, without the leading "v". */
export async function versionOf(cli: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await execa(cli, ["version"], {
    env: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
    extendEnv: false,
    timeout: 30_000,
  });
  return stdout.trim().replace(/^v/, "");
}

/**
 * Puts the SDK's own script that starts dynamic providers into a directory. A copy serves every
 * project: the script asks Node for `@pulumi/pulumi` from the directory of the program it runs in.
 */
export async function placeDynamicPlugin(directory: string): Promise<void> {
  const sdk = path.dirname(require.resolve("@pulumi/pulumi/package.json"));
  await copyFile(path.join(sdk, DYNAMIC_PLUGIN), path.join(directory, DYNAMIC_PLUGIN));
}
