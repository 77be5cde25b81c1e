import path from "node:path";
import { describeScope, formatScope } from "../../cloudflare/scope.js";
import { managedFields } from "../../schema/managed-fields.js";
import { escapeInvisible } from "../../schema/format-value.js";
import { importCommand, previewCommand } from "../pulumi.js";
import { indented, widthOf, type Terminal } from "../terminal.js";
import { wrap } from "../wrap.js";
import type { ImportedResource } from "./imported-resource.js";
import { IMPORT_FILE, PROGRAM } from "./write.js";

/** Reports the resources in the two files. Never prints the value of a setting. */
export function printFiles(
  { print, log, colors }: Terminal,
  folder: string,
  resources: readonly ImportedResource[],
): void {
  const width = Math.max(...resources.map(({ name }) => name.length));
  for (const resource of resources) {
    const { type, name, scope } = resource;
    const what = `${type.definition.displayName} of ${describeScope(scope)}`;
    const settings = `(${count(settingPaths(resource).length)})`;
    print(
      `${colors.green("✓")} ${escapeInvisible(name).padEnd(width)}  ${what} ${colors.dim(settings)}`,
    );
  }
  for (const resource of resources) logOmissions(log, resource);
  print("");
  print(`Wrote ${PROGRAM} and ${IMPORT_FILE} to ${path.resolve(folder)}.`);
}

function logOmissions(log: Terminal["log"], { name, omitted, unset }: ImportedResource): void {
  if (omitted.length > 0) {
    const lines = omitted.map(({ property, reason }) => escapeInvisible(`${property}: ${reason}`));
    log(
      `Warning: the program does not declare ${count(omitted.length)} of "${escapeInvisible(name)}". Cloudflare keeps ${omitted.length === 1 ? "its live value" : "their live values"}.\n${indented(lines.join("\n"))}`,
    );
  }
  if (unset.length > 0)
    log(
      `Note: the program does not declare settings of "${escapeInvisible(name)}" that are false, empty or at their default: ${escapeInvisible(unset.join(", "))}.`,
    );
}

function count(settings: number): string {
  return settings === 1 ? "1 setting" : `${settings} settings`;
}

/** Returns the same as JSON. No resource, no files. */
export function filesAsJson(folder: string, resources: readonly ImportedResource[]) {
  const files = {
    program: path.resolve(folder, PROGRAM),
    importFile: path.resolve(folder, IMPORT_FILE),
  };
  return {
    ...(resources.length > 0 ? files : {}),
    resources: resources.map((resource) => ({
      type: resource.type.name,
      name: resource.name,
      id: formatScope(resource.scope),
      settings: settingPaths(resource),
      omitted: resource.omitted,
      unset: resource.unset,
    })),
  };
}

/** A step for the user, with the lines to run or to add. */
export interface Step {
  readonly what: string;
  readonly lines?: readonly string[];
  readonly alternative?: Step;
}

export const LOAD_PROGRAM: Step = {
  what: "Load zero-trust.ts from your program, or make it your program:",
  lines: ['import "./zero-trust";'],
};

export function importStep(folder: string): Step {
  return { what: "Import the resources into the selected stack:", lines: [importCommand(folder)] };
}

export function previewStep(folder: string): Step {
  return {
    what: "Check that the preview shows no changes. If it does, the next `pulumi up` writes them: change the program first.",
    lines: [previewCommand(folder)],
  };
}

/** Prints a numbered list. Lines to copy are not wrapped. */
export function printSteps({ print, colors, stdout }: Terminal, steps: readonly Step[]): void {
  const INDENT = 5;
  const printStep = (bullet: string, { what, lines = [], alternative }: Step): void => {
    const text = indented(wrap(what, widthOf(stdout) - INDENT), INDENT);
    print(`  ${bullet} ${text.trimStart()}`);
    for (const line of lines) print(indented(colors.cyan(line), INDENT + 2));
    if (alternative !== undefined) printStep("  ", alternative);
  };
  print("");
  print("Next steps:");
  for (const [index, step] of steps.entries()) printStep(`${index + 1}.`, step);
}

function settingPaths({ type, settings }: ImportedResource): string[] {
  return managedFields(type.definition, settings).map(({ path }) => path);
}
