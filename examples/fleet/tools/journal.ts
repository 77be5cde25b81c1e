import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** What came of a stack. */
export interface Outcome {
  readonly status: "done" | "drifted" | "failed";
  readonly text: string;
}

interface Entry {
  /** Of what the stack was to be: another wish makes the entry void. */
  readonly digest: string;
  readonly outcome: Outcome;
}

/** Remembers what a run has finished, so that the next one goes on from there. */
export class Journal {
  readonly #file: string;
  readonly #entries: Map<string, Entry>;

  constructor(file: string, fresh: boolean) {
    this.#file = file;
    this.#entries = new Map(fresh ? [] : Object.entries(read(file)));
  }

  /** What an earlier run made of a stack, if that still counts. */
  outcome(stack: string, wish: unknown): Outcome | undefined {
    const entry = this.#entries.get(stack);
    return entry?.digest === digestOf(wish) ? entry.outcome : undefined;
  }

  record(stack: string, wish: unknown, outcome: Outcome): void {
    this.#entries.set(stack, { digest: digestOf(wish), outcome });
    mkdirSync(path.dirname(this.#file), { recursive: true });
    // Renamed into place: a kill in the middle leaves the file of before.
    writeFileSync(`${this.#file}.new`, JSON.stringify(Object.fromEntries(this.#entries)));
    renameSync(`${this.#file}.new`, this.#file);
  }

  /** Once all is done, there is nothing to go on with. */
  close(): void {
    rmSync(this.#file, { force: true });
  }
}

function read(file: string): Record<string, Entry> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, Entry>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}

function digestOf(wish: unknown): string {
  return createHash("sha256").update(JSON.stringify(wish)).digest("hex");
}
