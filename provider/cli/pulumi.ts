import { execFile, spawn } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import semver from "semver";
import { IMPORT_FILE } from "./codegen/write.js";
import { shellArgument } from "./shell-quote.js";
import { messageOf, CommandError } from "./errors.js";

/** Older CLIs cannot import resources from a file that states their outputs. */
export const MIN_IMPORT_CLI = "3.254.0";
/** Older CLIs exit with 255 for every failure, drift included. */
export const MIN_EXIT_CODE_CLI = "3.227.0";

/**
 * Code can't be generated for dynamic resources and the program is there already; to protect from
 * deletion what can't be deleted would only show as a change.
 */
const IMPORT_OPTIONS = ["--generate-code=false", "--protect=false"];

/** The command that imports the file in a project's folder, to be run from here. */
export function importCommand(folder: string): string {
  return pulumiIn(folder, "import", "--file", IMPORT_FILE, ...IMPORT_OPTIONS);
}

/** The command that shows what would change in a project's folder, to be run from here. */
export function previewCommand(folder: string): string {
  return pulumiIn(folder, "preview", "--refresh");
}

function pulumiIn(folder: string, ...args: readonly string[]): string {
  const isHere = path.relative("", folder) === "";
  return ["pulumi", ...(isHere ? [] : ["--cwd", shellArgument(folder)]), ...args].join(" ");
}

export const NO_CLI = "There is no `pulumi` on PATH.";
export const INSTALL_CLI = "Install it from https://www.pulumi.com/docs/install/.";

/** The version of the `pulumi` on PATH; undefined where there is none. */
export async function pulumiVersion(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("pulumi", ["version"]);
    return semver.clean(stdout.trim()) ?? stdout.trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new CommandError(`\`pulumi version\` failed: ${firstLine(messageOf(error))}`);
  }
}

/**
 * Imports the file that was written to a folder, which has to be a Pulumi project.
 *
 * @param output The file descriptor that Pulumi writes to: 1, or 2 where 1 belongs to a result.
 * @throws Trouble where it can't be run or fails; Pulumi itself has said why.
 */
export async function runImport(folder: string, output: 1 | 2): Promise<void> {
  const command = importCommand(folder);
  const version = await pulumiVersion();
  if (version === undefined)
    throw new CommandError(
      `${NO_CLI} The files are written: run \`${command}\` where there is one.`,
    );
  if (semver.valid(version) !== null && semver.lt(version, MIN_IMPORT_CLI))
    throw new CommandError(
      `Pulumi ${version} cannot import from such a file: ${MIN_IMPORT_CLI} or newer is needed. The files are written: run \`${command}\` with one.`,
    );
  const child = spawn("pulumi", ["import", "--file", IMPORT_FILE, ...IMPORT_OPTIONS, "--yes"], {
    cwd: folder,
    stdio: ["inherit", output, "inherit"],
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (exitCode !== 0)
    throw new CommandError(
      `\`${command}\` failed, see above. The files are written: mend it, then run that.`,
    );
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
