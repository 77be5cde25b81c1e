import path from "node:path";
import { formatScope } from "../../cloudflare/scope.js";
import { managedFields } from "../../schema/managed-fields.js";
import { importCommand, previewCommand } from "../pulumi.js";
import type { ImportedResource } from "./imported-resource.js";
import type { Terminal } from "../terminal.js";
import { IMPORT_FILE, PROGRAM } from "./write.js";

/** What is told of the two files and the resources in them, for a person. Never a setting's value. */
export function printFiles(
  { print, log: tell, colors }: Terminal,
  folder: string,
  resources: readonly ImportedResource[],
): void {
  const width = Math.max(...resources.map(({ name }) => name.length));
  for (const resource of resources) {
    const { kind, name, target } = resource;
    const many = settingPaths(resource).length;
    const what = `${kind.definition.displayName} of ${formatScope(target)}`;
    const settings = `(${many} ${many === 1 ? "setting" : "settings"})`;
    print(`${colors.green("✓")} ${name.padEnd(width)}  ${what} ${colors.dim(settings)}`);
  }
  for (const { name, leftOut } of resources)
    for (const { property: setting, reason } of leftOut)
      tell(`! ${name}: ${setting} is left out and stays as it is: it ${reason}.`);
  print("");
  print(`Wrote ${PROGRAM} and ${IMPORT_FILE} to ${path.resolve(folder)}.`);
}

/** The same for a program. Without a resource there are no files. */
export function filesAsJson(folder: string, resources: readonly ImportedResource[]) {
  const files = {
    program: path.resolve(folder, PROGRAM),
    importFile: path.resolve(folder, IMPORT_FILE),
  };
  return {
    ...(resources.length > 0 ? files : {}),
    resources: resources.map((resource) => ({
      type: resource.kind.name,
      name: resource.name,
      id: formatScope(resource.target),
      settings: settingPaths(resource),
      leftOut: resource.leftOut,
    })),
  };
}

/** Something to do, and the lines to do it with. */
export interface Step {
  readonly what: string;
  readonly lines: readonly string[];
}

/** How the two files get from the folder, which is the project's, into a stack. */
export const LOAD_LINE = 'import "./zero-trust";';
export function importStep(folder: string): Step {
  return { what: "Tell Pulumi that the resources exist:", lines: [importCommand(folder)] };
}
export function previewStep(folder: string): Step {
  return { what: "See that nothing would change:", lines: [previewCommand(folder)] };
}

/** A numbered list of what to do now. */
export function printSteps({ print, colors }: Terminal, steps: readonly Step[]): void {
  print("");
  print("What is left to do, in this order:");
  for (const [index, { what, lines }] of steps.entries()) {
    print(`  ${index + 1}. ${what}`);
    for (const line of lines) print(`       ${colors.cyan(line)}`);
  }
}

function settingPaths({ kind, settings }: ImportedResource): string[] {
  return managedFields(kind.definition, settings).map(({ path }) => path);
}
