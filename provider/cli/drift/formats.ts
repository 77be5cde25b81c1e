import { appendFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Terminal } from "../terminal.js";
import { UsageError, CommandError } from "../errors.js";
import { renderAnnotations } from "./annotations.js";
import { renderMarkdown } from "./markdown.js";
import type { DriftReport } from "./report-schema.js";

/** Where each format of the report goes: to a file, or to standard output. */
export interface FormatOptions {
  readonly json?: string | true;
  readonly markdown?: string | true;
  readonly html?: string | true;
  readonly github?: string | true;
}

const FORMATS = {
  json: (report) => `${JSON.stringify(report, undefined, 2)}\n`,
  markdown: renderMarkdown,
  html: async (report) => (await import("./html.js")).renderHtml(report),
  github: renderAnnotations,
} as const satisfies Record<string, (report: DriftReport) => string | Promise<string>>;

const NAMES = Object.keys(FORMATS) as (keyof typeof FORMATS)[];

/** Whether one of the formats goes to standard output, instead of the table. */
export function isPrinted(options: FormatOptions): boolean {
  return NAMES.some((name) => options[name] === true);
}

/**
 * Checks that the report can be written, before a check that may take long.
 *
 * @throws UsageError if it cannot.
 */
export async function checkFormats(options: FormatOptions): Promise<void> {
  const printed = NAMES.filter((name) => options[name] === true);
  if (printed.length > 1)
    throw new UsageError(
      `Only one report can go to standard output. Add a file to all but one of ${printed.map((name) => `--${name}`).join(", ")}.`,
    );
  for (const name of NAMES) {
    const file = options[name];
    if (typeof file !== "string") continue;
    const directory = path.dirname(path.resolve(file));
    if (!(await isDirectory(directory)))
      throw new UsageError(`--${name} ${file}: the directory ${directory} does not exist.`);
    if (await isDirectory(file)) throw new UsageError(`--${name} ${file} is a directory.`);
  }
}

/**
 * Writes the requested formats.
 *
 * @throws CommandError if a file cannot be written.
 */
export async function writeFormats(
  report: DriftReport,
  options: FormatOptions,
  { stdout }: Pick<Terminal, "stdout">,
): Promise<void> {
  for (const name of NAMES) {
    const file = options[name];
    if (typeof file === "string") await written(file, writeFile(file, await FORMATS[name](report)));
  }
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (options.github !== undefined && summary)
    await written(summary, appendFile(summary, renderMarkdown(report)));
  // After the files: an error about an unwritable file must not follow a complete document.
  for (const name of NAMES) if (options[name] === true) stdout.write(await FORMATS[name](report));
}

async function written(file: string, writing: Promise<void>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new CommandError(`Cannot write ${file} (${code}).`);
  }
}

async function isDirectory(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
