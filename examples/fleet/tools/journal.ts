import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The result of an operation on one stack. */
export interface Outcome {
  readonly status: "previewed" | "deployed" | "no drift" | "drifted" | "failed";
  /** One line for the summary. Of a failure: its message, which may have more lines. */
  readonly text: string;
  /** Warnings and messages of the provider, such as the changes of an adoption. */
  readonly details?: readonly string[];
}

interface Entry {
  /** Digest of the desired state. The entry is valid only for that state. */
  readonly digest: string;
  readonly outcome: Outcome;
}

/** Records which stacks a run has finished, so that the next run can resume. */
export class Journal {
  readonly #file: string;
  readonly #entries: Map<string, Entry>;

  constructor(file: string, fresh: boolean) {
    this.#file = file;
    this.#entries = new Map(fresh ? [] : Object.entries(read(file)));
  }

  /** Returns the result of an earlier run, if it had the same desired state. */
  outcome(stack: string, desired: unknown): Outcome | undefined {
    const entry = this.#entries.get(stack);
    return entry?.digest === digestOf(desired) ? entry.outcome : undefined;
  }

  record(stack: string, desired: unknown, outcome: Outcome): void {
    this.#entries.set(stack, { digest: digestOf(desired), outcome });
    mkdirSync(path.dirname(this.#file), { recursive: true });
    // The rename is atomic: if the process is killed, the old file remains.
    writeFileSync(`${this.#file}.new`, JSON.stringify(Object.fromEntries(this.#entries)));
    renameSync(`${this.#file}.new`, this.#file);
  }

  /** Deletes the file: after a complete run there is nothing to resume. */
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

function digestOf(desired: unknown): string {
  return createHash("sha256").update(JSON.stringify(desired)).digest("hex");
}
