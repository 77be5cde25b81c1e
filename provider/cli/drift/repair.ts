import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { statesTheSame } from "../../model/managed.js";
import { isObject } from "../../model/values.js";
import { openStack, type CheckedStack } from "./check.js";
import type { SeenResource } from "./events.js";

/** What a repair did to a stack. */
export interface Repaired {
  readonly healed: readonly string[];
  /** Resources for which the program states something that is not deployed yet. */
  readonly undeployed: readonly string[];
}

/**
 * Brings the drifted resources of a stack, and no others, back to what is deployed. Where the
 * program states something else by now, the resource is left alone: a repair deploys nothing new.
 *
 * @throws Error where the engine fails.
 */
export async function repair({ choice, seen }: CheckedStack): Promise<Repaired> {
  const { stack } = await openStack(choice);
  const drifted = seen.filter((resource) => resource.drifted);
  const urns = drifted.map(({ report }) => report.urn);
  const engine = { target: urns, refresh: true, runProgram: true, color: "never" } as const;

  const undeployed = new Set<string>();
  await stack.preview({
    ...engine,
    onEvent: (event) => {
      const resource = undeployedIn(event, drifted);
      if (resource !== undefined) undeployed.add(resource.report.urn);
    },
  });
  const target = urns.filter((urn) => !undeployed.has(urn));
  if (target.length > 0) await stack.up({ ...engine, target });
  return { healed: target, undeployed: [...undeployed] };
}

/** The drifted resource of an event, if the program states other settings than those deployed. */
function undeployedIn(
  event: EngineEvent,
  drifted: readonly SeenResource[],
): SeenResource | undefined {
  const metadata = event.resourcePreEvent?.metadata;
  if (metadata === undefined || metadata.op === "refresh") return undefined;
  const resource = drifted.find(({ report }) => report.urn === metadata.urn);
  if (resource === undefined) return undefined;
  const inputs = isObject(metadata.new?.inputs) ? metadata.new.inputs : {};
  return statesTheSame(resource.description, resource.stated, inputs) ? undefined : resource;
}
