import { mkdir, mkdtemp, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ImportedResource } from "./imported-resource.js";
import { messageOf, CommandError } from "../errors.js";
import { importFileOf } from "./import-file.js";
import { programOf } from "./program.js";

export const PROGRAM = "zero-trust.ts";
export const IMPORT_FILE = "zero-trust.import.json";

/**
 * Fails if one of the files exists in the folder, so that a command can stop before its first request.
 *
 * @throws CommandError that names the files.
 */
export async function requireNoFiles(folder: string): Promise<void> {
  const present = [];
  for (const name of [PROGRAM, IMPORT_FILE])
    if (await exists(path.join(folder, name))) present.push(name);
  if (present.length > 0) throw alreadyExists(folder, present);
}

/**
 * Writes the program and the import file, or neither.
 *
 * @param force Whether existing files are replaced.
 * @throws CommandError if they cannot be written.
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
  let temporary: string | undefined;
  try {
    await mkdir(folder, { recursive: true });
    temporary = await mkdtemp(path.join(folder, ".zero-trust-"));
    for (const [name, text] of texts) await writeFile(path.join(temporary, name), text);
    for (const [name] of texts) undo.push(await (force ? backUp : reserve)(folder, name));
    for (const [name] of texts) await rename(path.join(temporary, name), path.join(folder, name));
  } catch (error) {
    for (const step of undo) await step();
    throw error instanceof CommandError ? error : cannotWrite(folder, error);
  } finally {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
  }
}

/** Creates an empty file, so that no other process can create it first. Returns how to undo this. */
async function reserve(folder: string, name: string): Promise<() => Promise<void>> {
  const file = path.join(folder, name);
  try {
    await (await open(file, "wx")).close();
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw alreadyExists(folder, [name]);
    throw error;
  }
  return () => rm(file, { force: true });
}

/** Keeps the content of a file that is about to be replaced. Returns how to restore it. */
async function backUp(folder: string, name: string): Promise<() => Promise<void>> {
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

function alreadyExists(folder: string, names: readonly string[]): CommandError {
  const [exist, them] = names.length > 1 ? ["exist", "them"] : ["exists", "it"];
  return new CommandError(
    `${names.join(" and ")} already ${exist} in ${path.resolve(folder)}. Nothing was written. Add --force to replace ${them}, or choose another directory with --out.`,
  );
}

function cannotWrite(folder: string, error: unknown): CommandError {
  const reason = codeOf(error) ?? messageOf(error);
  return new CommandError(
    `Cannot write the files to ${path.resolve(folder)}: ${reason}. Nothing was written.`,
  );
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
