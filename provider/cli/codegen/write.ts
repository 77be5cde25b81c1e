import { mkdir, mkdtemp, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ImportedResource } from "./imported-resource.js";
import { messageOf, CommandError } from "../errors.js";
import { importFileOf } from "./import-file.js";
import { programOf } from "./program.js";

export const PROGRAM = "zero-trust.ts";
export const IMPORT_FILE = "zero-trust.import.json";

/**
 * Refuses a folder that has one of the files already, before anything is asked or read.
 *
 * @throws Trouble naming the files.
 */
export async function refuseToOverwrite(folder: string): Promise<void> {
  const present = [];
  for (const name of [PROGRAM, IMPORT_FILE])
    if (await exists(path.join(folder, name))) present.push(name);
  if (present.length > 0) throw wouldOverwrite(folder, present);
}

/**
 * Writes the program and the import file of some resources, or neither.
 *
 * @param force Whether files that are there already are replaced.
 * @throws Trouble where they can't be written.
 */
export async function writeFiles(
  folder: string,
  resources: readonly ImportedResource[],
  force: boolean,
): Promise<void> {
  const texts = [
    [PROGRAM, programOf(resources)],
    [IMPORT_FILE, importFileOf(resources)],
  ] as const;
  const undo: (() => Promise<void>)[] = [];
  let workshop: string | undefined;
  try {
    await mkdir(folder, { recursive: true });
    workshop = await mkdtemp(path.join(folder, ".zero-trust-"));
    for (const [name, text] of texts) await writeFile(path.join(workshop, name), text);
    for (const [name] of texts) undo.push(await (force ? remember : reserve)(folder, name));
    for (const [name] of texts) await rename(path.join(workshop, name), path.join(folder, name));
  } catch (error) {
    for (const step of undo) await step();
    throw error instanceof CommandError ? error : cannotWrite(folder, error);
  } finally {
    if (workshop !== undefined) await rm(workshop, { recursive: true, force: true });
  }
}

/** Takes a free name, so that a file that appears meanwhile is not lost. Answers how to undo it. */
async function reserve(folder: string, name: string): Promise<() => Promise<void>> {
  const file = path.join(folder, name);
  try {
    await (await open(file, "wx")).close();
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw wouldOverwrite(folder, [name]);
    throw error;
  }
  return () => rm(file, { force: true });
}

/** Keeps what is to be replaced. Answers how to bring it back. */
async function remember(folder: string, name: string): Promise<() => Promise<void>> {
  const file = path.join(folder, name);
  const before = await readFile(file).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  });
  return () => (before === undefined ? rm(file, { force: true }) : writeFile(file, before));
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function wouldOverwrite(folder: string, names: readonly string[]): CommandError {
  const [are, them] = names.length > 1 ? ["are", "them"] : ["is", "it"];
  return new CommandError(
    `${names.join(" and ")} ${are} there already in ${path.resolve(folder)}: nothing was written. Give --force to replace ${them}, or --out with another folder.`,
  );
}

function cannotWrite(folder: string, error: unknown): CommandError {
  const reason = codeOf(error) ?? messageOf(error);
  return new CommandError(
    `The files cannot be written to ${path.resolve(folder)} (${reason}): nothing was written.`,
  );
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
