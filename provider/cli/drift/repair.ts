import type { CheckedStack } from "./check.js";
import { openProject, openStack, type Cli } from "./open.js";
import { runEngine } from "./run-engine.js";

/** What a repair did to a stack. */
export interface Repaired {
  /** URNs of what is back at what is deployed. */
  readonly healed: readonly string[];
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
 * @throws Error where the engine fails.
 */
export async function repair(cli: Cli, { dir, report, seen }: CheckedStack): Promise<Repaired> {
  const stack = await openStack(await openProject(cli, dir), report.stack);
  const found = seen.filter((resource) => resource.drifted).map((resource) => resource.report);
  const gone = found.filter((resource) => resource.gone).map(({ urn }) => urn);
  const drifted = found.map(({ urn }) => urn).filter((urn) => !gone.includes(urn));
  if (drifted.length === 0) return { healed: [], undeployed: [], gone };

  // Without a refresh the engine holds the program against what is deployed, whatever is live.
  const deployed = new Set<string>();
  await runEngine(
    (onEvent) => stack.preview({ target: drifted, color: "never", onEvent }),
    ({ resourcePreEvent }) => {
      if (resourcePreEvent?.metadata.op === "same") deployed.add(resourcePreEvent.metadata.urn);
    },
  );
  const target = drifted.filter((urn) => deployed.has(urn));
  if (target.length > 0)
    await runEngine((onEvent) =>
      stack.up({ target, refresh: true, runProgram: true, color: "never", onEvent }),
    );
  return { healed: target, undeployed: drifted.filter((urn) => !deployed.has(urn)), gone };
}
