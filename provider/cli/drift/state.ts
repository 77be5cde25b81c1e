import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { isDeepStrictEqual } from "node:util";
import { CommandError } from "../errors.js";
import type { Cli } from "./open.js";
import { reasonOf } from "./run-engine.js";

/** A stack's state as `pulumi stack export` writes it; secrets stay encrypted in it. */
export interface ExportedState {
  readonly deployment: {
    readonly resources?: readonly ExportedResource[];
    readonly [key: string]: unknown;
  };
  readonly [key: string]: unknown;
}

interface ExportedResource {
  readonly urn: string;
  readonly inputs?: unknown;
  readonly [key: string]: unknown;
}

/** Which stack of which folder. */
interface Place {
  readonly dir: string;
  readonly stack: string;
}

/** @throws Trouble with what the CLI said. */
export async function exportState(cli: Cli, place: Place): Promise<ExportedState> {
  return JSON.parse(await pulumiStack(cli, place, "export")) as ExportedState;
}

/** @throws Trouble with what the CLI said. */
export async function importState(cli: Cli, place: Place, state: ExportedState): Promise<void> {
  await pulumiStack(cli, place, "import", JSON.stringify(state));
}

/**
 * The present state with some resources as they were before, or undefined where they still are.
 * Their inputs tell: a refresh puts the live values there, and an update the stated ones back.
 */
export function putBack(
  present: ExportedState,
  before: ExportedState,
  urns: readonly string[],
): ExportedState | undefined {
  const former = new Map(resourcesOf(before).map((resource) => [resource.urn, resource]));
  const current = new Map(resourcesOf(present).map((resource) => [resource.urn, resource]));
  const lost = urns.flatMap((urn) => {
    const was = former.get(urn);
    return was === undefined || isDeepStrictEqual(current.get(urn)?.inputs, was.inputs)
      ? []
      : [was];
  });
  if (lost.length === 0) return undefined;
  for (const resource of lost) current.set(resource.urn, resource);
  return {
    ...present,
    deployment: { ...present.deployment, resources: [...current.values()] },
  };
}

function resourcesOf({ deployment }: ExportedState): readonly ExportedResource[] {
  return deployment.resources ?? [];
}

/**
 * Not by the SDK, which decrypts the secrets and leaves them in a temporary file for a while. In a
 * group of its own, so that a Ctrl-C in the terminal does not keep a state from being put back.
 */
async function pulumiStack(
  { command }: Cli,
  { dir, stack }: Place,
  verb: "export" | "import",
  input = "",
): Promise<string> {
  const args = ["stack", verb, "--stack", stack, "--non-interactive"];
  const child = spawn(command, args, { cwd: dir, detached: true, windowsHide: true });
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  // What it does not read any more, it says why by itself.
  child.stdin.on("error", () => undefined).end(input);
  const [exitCode, output, errors] = await Promise.all([
    exit,
    text(child.stdout),
    text(child.stderr),
  ]);
  if (exitCode !== 0)
    throw new CommandError(
      `\`pulumi stack ${verb}\` failed: ${reasonOf(new Error(errors.trim()))}`,
    );
  return output;
}
