import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { messageOf } from "../errors.js";
import { previewRefresh, type CheckedStack, type CheckOptions } from "./check.js";
import { displayLines } from "./display.js";
import { PROVIDER_TARGET, type RefreshedResource } from "./engine-events.js";
import type { Remediation } from "./report-schema.js";
import { providerMessage, reasonOf, runEngine } from "./run-engine.js";
import { exportState, importState, restoreEntries, type ExportedState } from "./stack-state.js";
import { openProject, openStack, type Cli } from "./workspace.js";

export interface RemediateOptions extends CheckOptions {
  /** Receives the provider's warnings. */
  readonly warn: (warning: string) => void;
}

/** The results of a remediation by the URN of the resource. */
export type Results = ReadonlyMap<string, Remediation>;

const NOT_FOUND = {
  result: "skipped",
  reason:
    "the live object was not found; `pulumi up --refresh --run-program` creates it if the program declares what a creation needs",
} as const satisfies Remediation;

const NOT_DEPLOYED = {
  result: "skipped",
  reason: "the program has changes for it that are not deployed",
} as const satisfies Remediation;

/**
 * Writes the last deployed values to the drifted resources of a stack. Skips the resources that the
 * program has changed since the last deployment, because a remediation deploys nothing new, and
 * those that were not found.
 *
 * Each resource is written once. A check after the write finds settings that Cloudflare did not apply.
 */
export async function remediate(
  cli: Cli,
  { dir, report, resources }: CheckedStack,
  options: RemediateOptions,
): Promise<Results> {
  const drifted = resources.filter((resource) => resource.drifted);
  const results = new Map<string, Remediation>();
  for (const { report: resource } of drifted)
    if (resource.notFound) results.set(resource.urn, NOT_FOUND);
  const found = drifted.map((resource) => resource.report.urn).filter((urn) => !results.has(urn));
  if (found.length === 0) return results;

  const stack = await openStack(await openProject(cli, dir), report.stack);
  const deployed = await unchangedByProgram(stack, found, options);
  for (const urn of found) if (!deployed.has(urn)) results.set(urn, NOT_DEPLOYED);
  const targets = found.filter((urn) => deployed.has(urn));
  if (targets.length === 0) return results;

  const location = { dir, stack: report.stack };
  const before = await exportState(cli, location);
  const { written, refreshed, error } = await refreshAndUpdate(stack, targets, options);
  if (error !== undefined) {
    // Without a refresh, for example if the stack is locked, this run has not changed the state.
    const restored = refreshed.size === 0 ? [] : [await restore(cli, location, before, refreshed)];
    const reason = [error, ...restored].join("\n");
    for (const urn of targets)
      if (!written.has(urn)) results.set(urn, { result: "failed", reason });
  }
  for (const [urn, result] of await verify(stack, written, options)) results.set(urn, result);
  return results;
}

/** Finds the resources whose declared values are the last deployed ones, whatever is live. */
async function unchangedByProgram(
  stack: Stack,
  targets: readonly string[],
  options: RemediateOptions,
): Promise<ReadonlySet<string>> {
  const unchanged = new Set<string>();
  await runEngine(
    (onEvent) => stack.preview({ ...engineOptions(targets, options), onEvent }),
    ({ resourcePreEvent }) => {
      const { op, urn } = resourcePreEvent?.metadata ?? {};
      if (op === "same" && urn !== undefined) unchanged.add(urn);
    },
  );
  return unchanged;
}

interface UpdateResult {
  /** URNs of the resources that were refreshed, so that state may contain their live values. */
  readonly refreshed: ReadonlySet<string>;
  /** URNs of the resources that were updated, or did not need to be. */
  readonly written: ReadonlySet<string>;
  readonly error?: string;
}

async function refreshAndUpdate(
  stack: Stack,
  targets: readonly string[],
  options: RemediateOptions,
): Promise<UpdateResult> {
  const operations = new Map<string, string>();
  const refreshed = new Set<string>();
  const written = new Set<string>();
  const up = { ...engineOptions(targets, options), refresh: true, runProgram: true };
  try {
    await runEngine(
      (onEvent) => stack.up({ ...up, onEvent }),
      (event) => {
        const started = event.resourcePreEvent?.metadata;
        if (started !== undefined) operations.set(started.urn, started.op);
        if (started?.op === "refresh") refreshed.add(started.urn);
        const { urn } = event.resOutputsEvent?.metadata ?? {};
        // The events of a refresh also have the operation "update" or "same" when they end.
        if (urn !== undefined && ["update", "same"].includes(operations.get(urn) ?? ""))
          if (targets.includes(urn)) written.add(urn);
        const { severity, message = "" } = providerMessage(event) ?? {};
        if (severity === "warning") options.warn(displayLines(message));
        if (severity === "info") options.log(displayLines(message));
      },
    );
    return { refreshed, written };
  } catch (error) {
    return { refreshed, written, error: reasonOf(error) };
  }
}

function engineOptions(targets: readonly string[], { runProgram, signal }: RemediateOptions) {
  const target = runProgram ? [...targets, PROVIDER_TARGET] : [...targets];
  return { target, color: "never", signal } as const;
}

/** Checks the written resources again: Cloudflare can accept a write without applying all of it. */
async function verify(
  stack: Stack,
  written: ReadonlySet<string>,
  options: RemediateOptions,
): Promise<Results> {
  const results = new Map<string, Remediation>();
  if (written.size === 0) return results;
  try {
    await previewRefresh(stack, [...written], options, (resource) => {
      results.set(resource.report.urn, verified(resource));
    });
  } catch (error) {
    const reason = `the write succeeded, but the check after it failed: ${reasonOf(error)}`;
    for (const urn of written)
      if (!results.has(urn)) results.set(urn, { result: "failed", reason });
  }
  return results;
}

function verified({ drifted, report }: RefreshedResource): Remediation {
  if (!drifted) return { result: "remediated" };
  if (report.notFound)
    return { result: "failed", reason: "the live object was not found after the write" };
  return { result: "notApplied", notApplied: report.settings.map(({ setting }) => setting) };
}

/**
 * Restores what a failed remediation left in state. The engine records what its refresh finds before
 * it updates anything, so no later check would find the drift. Never throws: returns a sentence.
 */
async function restore(
  cli: Cli,
  location: { readonly dir: string; readonly stack: string },
  before: ExportedState,
  urns: ReadonlySet<string>,
): Promise<string> {
  try {
    const state = restoreEntries(await exportState(cli, location), before, [...urns]);
    if (state !== undefined) await importState(cli, location, state);
    return "The state of the last deployment was restored, so the next check finds the remaining drift.";
  } catch (error) {
    return `The state of the last deployment could not be restored: ${messageOf(error)}\nState may contain live values, so that no check finds the drift. Run \`pulumi up\` to deploy the declared values.`;
  }
}
