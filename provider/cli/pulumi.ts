import { execFile, spawn } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import semver from "semver";
import { IMPORT_FILE } from "./codegen/write.js";
import { projectOf } from "./project.js";
import { shellArgument } from "./shell-quote.js";
import { messageOf, CommandError } from "./errors.js";

/** Older CLIs ignore the outputs in an import file. */
export const MIN_IMPORT_CLI = "3.254.0";
/** Older CLIs exit with 255 after every failure, including drift. */
export const MIN_EXIT_CODE_CLI = "3.227.0";

/**
 * Pulumi cannot generate code for dynamic resources. Protection would only add a difference,
 * because these resources are never deleted.
 */
const IMPORT_OPTIONS = ["--generate-code=false", "--protect=false"];

/** Returns the command that imports the file into the project in a folder. */
export function importCommand(folder: string): string {
  return pulumiIn(folder, "import", "--file", IMPORT_FILE, ...IMPORT_OPTIONS);
}

/** Returns the command that previews the project in a folder. */
export function previewCommand(folder: string): string {
  return pulumiIn(folder, "preview", "--refresh");
}

function pulumiIn(folder: string, ...args: readonly string[]): string {
  const isHere = path.relative("", folder) === "";
  return ["pulumi", ...(isHere ? [] : ["--cwd", shellArgument(folder)]), ...args].join(" ");
}

export const NO_CLI = "`pulumi` is not on PATH.";
export const INSTALL_CLI = "Install it from https://www.pulumi.com/docs/install/.";

/** Returns the version of the `pulumi` on PATH, or undefined if there is none. */
export async function pulumiVersion(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("pulumi", ["version"], { env: process.env });
    return semver.clean(stdout.trim()) ?? stdout.trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new CommandError(`\`pulumi version\` failed: ${firstLine(messageOf(error))}`);
  }
}

/**
 * Checks that `pulumi import` can run in a folder: a project exists there or above, and the CLI is
 * new enough.
 *
 * @throws CommandError that says what is missing.
 */
export async function requireImportable(folder: string): Promise<void> {
  if (projectOf(folder) === undefined)
    throw new CommandError(
      `Cannot run \`pulumi import\`: ${path.resolve(folder)} and the directories above have no Pulumi.yaml. Run the command in a Pulumi project, choose its directory with --out, or leave out --run. Nothing was written.`,
    );
  const version = await pulumiVersion();
  if (version === undefined)
    throw new CommandError(
      `Cannot run \`pulumi import\`: ${NO_CLI} ${INSTALL_CLI} Or leave out --run. Nothing was written.`,
    );
  if (semver.valid(version) !== null && semver.lt(version, MIN_IMPORT_CLI))
    throw new CommandError(
      `Cannot run \`pulumi import\`: Pulumi ${version} does not support the import file. Install ${MIN_IMPORT_CLI} or later, or leave out --run. Nothing was written.`,
    );
  if (!(await hasSelectedStack(folder)))
    throw new CommandError(
      `Cannot run \`pulumi import\`: no stack is selected in ${path.resolve(folder)}. Run \`pulumi stack select\`, or leave out --run. Nothing was written.`,
    );
}

async function hasSelectedStack(folder: string): Promise<boolean> {
  const args = ["stack", "--show-name", "--non-interactive"];
  return promisify(execFile)("pulumi", args, { cwd: folder }).then(
    () => true,
    // The import itself reports any other failure, such as a missing login.
    (error: unknown) => !messageOf(error).includes("no stack selected"),
  );
}

/**
 * Imports the file into the project in a folder.
 *
 * @param output The file descriptor that Pulumi writes to: 1, or 2 if 1 is for JSON.
 * @throws CommandError if `pulumi import` fails; Pulumi has printed the reason.
 */
export async function runImport(folder: string, output: 1 | 2): Promise<void> {
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
      `\`pulumi import\` failed, as printed above. The files were written. Fix the cause, then run \`${importCommand(folder)}\`.`,
    );
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
