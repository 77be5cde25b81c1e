import type { Stack, UpOptions } from "@pulumi/pulumi/automation/index.js";
import { messageOf, CommandError } from "../errors.js";
import type { CheckedStack } from "./check.js";
import { unheededIn } from "./events.js";
import { openProject, openStack, type Cli } from "./open.js";
import { reportedAs, runEngine } from "./run-engine.js";
import { exportState, importState, putBack, type ExportedState } from "./state.js";

/** What a repair did to a stack. */
export interface Repaired {
  /** URNs of what is back at what is deployed. */
  readonly healed: readonly string[];
  /** URNs of what was written, and what Cloudflare does not show as stated all the same. */
  readonly unheeded: readonly string[];
  /** URNs of resources for which the program states something that is not deployed yet. */
  readonly undeployed: readonly string[];
  /** URNs of what is gone altogether: if making it anew fails, state would no longer know of it. */
  readonly gone: readonly string[];
}

/**
 * Brings the drifted resources of a stack, and no others, back to what is deployed. Where the
 * program states something else by now, the resource is left alone: a repair deploys nothing new
 * and makes nothing anew.
 *
 * @param signal Interrupts the engine.
 * @param warn Gets what the provider warns of on the way.
 * @throws Error where the engine fails, or is interrupted.
 */
export async function repair(
  cli: Cli,
  { dir, report, seen }: CheckedStack,
  signal: AbortSignal,
  warn: (warning: string) => void,
): Promise<Repaired> {
  const stack = await openStack(await openProject(cli, dir), report.stack);
  const found = seen.filter((resource) => resource.drifted).map((resource) => resource.report);
  const gone = found.filter((resource) => resource.gone).map(({ urn }) => urn);
  const drifted = found.map(({ urn }) => urn).filter((urn) => !gone.includes(urn));
  if (drifted.length === 0) return { healed: [], unheeded: [], undeployed: [], gone };

  // Without a refresh the engine holds the program against what is deployed, whatever is live.
  const deployed = new Set<string>();
  await runEngine(
    (onEvent) => stack.preview({ target: drifted, color: "never", onEvent, signal }),
    ({ resourcePreEvent }) => {
      if (resourcePreEvent?.metadata.op === "same") deployed.add(resourcePreEvent.metadata.urn);
    },
  );
  const target = drifted.filter((urn) => deployed.has(urn));
  const undeployed = drifted.filter((urn) => !deployed.has(urn));
  if (target.length === 0) return { healed: [], unheeded: [], undeployed, gone };

  const place = { dir, stack: report.stack };
  const before = await exportState(cli, place);
  const options = { target, refresh: true, runProgram: true, color: "never", signal } as const;
  const undo = (refreshed: readonly string[]) => restore(cli, place, before, refreshed);
  const unheeded = await bringBack(stack, options, undo, warn);
  const healed = target.filter((urn) => !unheeded.includes(urn));
  return { healed, unheeded, undeployed, gone };
}

/**
 * Refreshes and deploys; answers the URNs of what was written to no avail.
 *
 * The engine keeps what its refresh found before it tries to change it: after a failure the drift
 * would be in state, as if the program had stated it, and no check would find it any more.
 */
async function bringBack(
  stack: Stack,
  options: UpOptions,
  undo: (refreshed: readonly string[]) => Promise<string>,
  warn: (warning: string) => void,
): Promise<string[]> {
  const refreshed = new Set<string>();
  const unheeded = new Set<string>();
  try {
    await runEngine(
      (onEvent) => stack.up({ ...options, onEvent }),
      (event) => {
        const { metadata } = event.resourcePreEvent ?? {};
        if (metadata?.op === "refresh") refreshed.add(metadata.urn);
        const ignored = unheededIn(event);
        if (ignored !== undefined) unheeded.add(ignored);
        const warning = reportedAs("warning", event);
        if (warning !== undefined) warn(warning);
      },
    );
    return [...unheeded];
  } catch (error) {
    // Where it got no further than a lock, the stack is being written by someone else.
    if (refreshed.size === 0) throw error;
    throw new CommandError(`${messageOf(error)}\n${await undo([...refreshed])}`);
  }
}

/** Puts back into state what a failed repair left in it. Never throws; answers what became of it. */
async function restore(
  cli: Cli,
  place: { readonly dir: string; readonly stack: string },
  before: ExportedState,
  urns: readonly string[],
): Promise<string> {
  try {
    const state = putBack(await exportState(cli, place), before, urns);
    if (state !== undefined) await importState(cli, place, state);
    return "State says what is deployed, as before: the next check finds what is still drifted.";
  } catch (error) {
    return `State may hold live values now, so that no check finds them: \`pulumi up\` brings the stated ones back. It could not be put back: ${messageOf(error)}`;
  }
}
