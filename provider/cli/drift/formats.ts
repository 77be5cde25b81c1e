import { appendFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Terminal } from "../terminal.js";
import { UsageError, CommandError } from "../errors.js";
import { renderAnnotations } from "./github.js";
import { renderMarkdown } from "./markdown.js";
import type { DriftReport } from "./report-schema.js";
import { renderTerminal } from "./terminal-table.js";

/** Where each form of the report goes: into a file, or to standard output. */
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

/**
 * Looks, before a check that may take long, whether its report can be written as asked.
 *
 * @throws Misuse where it can't.
 */
export async function checkFormats(options: FormatOptions): Promise<void> {
  const printed = NAMES.filter((name) => options[name] === true);
  if (printed.length > 1)
    throw new UsageError(
      `Only one report fits on standard output: give a file to all but one of ${printed.map((name) => `--${name}`).join(", ")}.`,
    );
  for (const name of NAMES) {
    const file = options[name];
    if (typeof file !== "string") continue;
    const folder = path.dirname(path.resolve(file));
    if (!(await isFolder(folder)))
      throw new UsageError(`--${name} ${file}: there is no folder ${folder}.`);
    if (await isFolder(file))
      throw new UsageError(`--${name} ${file}: this is a folder, not a file.`);
  }
}

/**
 * Writes each form that was asked for, and the table where none of them is printed.
 *
 * @throws Trouble where a file can't be written.
 */
export async function writeFormats(
  report: DriftReport,
  options: FormatOptions,
  { stdout, colors }: Terminal,
): Promise<void> {
  // The table first: it stands even if a file can't be written.
  if (!NAMES.some((name) => options[name] === true)) stdout.write(renderTerminal(report, colors));
  for (const name of NAMES) {
    const where = options[name];
    if (where === undefined) continue;
    const text = await FORMATS[name](report);
    if (where === true) stdout.write(text);
    else await written(where, writeFile(where, text));
  }
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (options.github !== undefined && summary)
    await written(summary, appendFile(summary, renderMarkdown(report)));
}

async function written(file: string, writing: Promise<void>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new CommandError(`${file} can't be written (${code}).`);
  }
}

async function isFolder(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
