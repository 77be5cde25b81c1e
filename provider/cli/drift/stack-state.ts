import { isDeepStrictEqual } from "node:util";
import { CommandError } from "../errors.js";
import { runPulumi } from "./pulumi-process.js";
import { reasonOf } from "./run-engine.js";
import type { Cli } from "./workspace.js";

/** A stack's state as `pulumi stack export` writes it, with encrypted secrets. */
export interface ExportedState {
  readonly deployment: {
    readonly resources?: readonly StateEntry[];
    readonly [key: string]: unknown;
  };
  readonly [key: string]: unknown;
}

interface StateEntry {
  readonly urn: string;
  /** Whether a replacement left this entry to be deleted. It has the URN of the live entry. */
  readonly delete?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly initErrors?: readonly string[];
  readonly [key: string]: unknown;
}

interface StackLocation {
  readonly dir: string;
  readonly stack: string;
}

/** @throws CommandError with the reason that the CLI gives. */
export async function exportState(cli: Cli, location: StackLocation): Promise<ExportedState> {
  return JSON.parse(await pulumiStack(cli, location, "export")) as ExportedState;
}

/** @throws CommandError with the reason that the CLI gives. */
export async function importState(
  cli: Cli,
  location: StackLocation,
  state: ExportedState,
): Promise<void> {
  await pulumiStack(cli, location, "import", JSON.stringify(state));
}

/**
 * Returns the present state with the live entries of some resources as they were before, in their
 * present places. Returns undefined if there is nothing to restore.
 *
 * A refresh records live values in inputs and outputs and removes init errors, and a failed update
 * removes outputs and adds init errors. Computed outputs may differ, because a successful update
 * changes them, too.
 */
export function restoreEntries(
  present: ExportedState,
  before: ExportedState,
  urns: readonly string[],
): ExportedState | undefined {
  const former = entriesOf(before);
  const entries = [...entriesOf(present)];
  let restored = false;
  for (const urn of urns) {
    const position = former.findIndex(isLiveEntry(urn));
    const entry = former[position];
    if (entry === undefined) continue;
    const index = entries.findIndex(isLiveEntry(urn));
    const current = entries[index];
    if (current !== undefined && isUnchanged(current, entry)) continue;
    if (current === undefined) entries.splice(indexAfter(entries, former, position), 0, entry);
    else entries[index] = entry;
    restored = true;
  }
  return restored
    ? { ...present, deployment: { ...present.deployment, resources: entries } }
    : undefined;
}

/** The place for an entry that the refresh removed: after the entries that it may depend on. */
function indexAfter(
  entries: readonly StateEntry[],
  former: readonly StateEntry[],
  position: number,
): number {
  const earlier = new Set(former.slice(0, position).map(({ urn }) => urn));
  return entries.findLastIndex((entry) => entry.delete !== true && earlier.has(entry.urn)) + 1;
}

function isLiveEntry(urn: string): (entry: StateEntry) => boolean {
  return (entry) => entry.urn === urn && entry.delete !== true;
}

function isUnchanged(current: StateEntry, before: StateEntry): boolean {
  return (
    isDeepStrictEqual(current.inputs, before.inputs) &&
    isDeepStrictEqual(declaredOutputs(current), declaredOutputs(before)) &&
    isDeepStrictEqual(current.initErrors ?? [], before.initErrors ?? [])
  );
}

/** The outputs that record the last deployed values of inputs. */
function declaredOutputs({ inputs = {}, outputs = {} }: StateEntry): object {
  return Object.fromEntries(Object.keys(inputs).map((name) => [name, outputs[name]]));
}

function entriesOf({ deployment }: ExportedState): readonly StateEntry[] {
  return deployment.resources ?? [];
}

/** The SDK's own export decrypts the secrets and writes them to a temporary file for a while. */
async function pulumiStack(
  { command }: Cli,
  { dir, stack }: StackLocation,
  verb: "export" | "import",
  input = "",
): Promise<string> {
  const args = ["stack", verb, "--stack", stack, "--non-interactive"];
  const { code, stdout, stderr } = await runPulumi(command, args, { cwd: dir, input });
  if (code !== 0)
    throw new CommandError(
      `\`pulumi stack ${verb}\` failed: ${reasonOf(new Error(stderr.trim()))}`,
    );
  return stdout;
}
