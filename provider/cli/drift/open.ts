import { existsSync } from "node:fs";
import path from "node:path";
import type { LocalWorkspace, PulumiCommand, Stack } from "@pulumi/pulumi/automation/index.js";
import { INSTALL_CLI, NO_CLI, pulumiVersion } from "../pulumi.js";
import { CommandError } from "../errors.js";
import { reasonOf } from "./run-engine.js";

/** A stack to check: a project's folder, and the stack's name, or the one that is selected there. */
export interface StackChoice {
  readonly dir: string;
  readonly stack: string | undefined;
}

/** The CLI that runs every check. */
export type Cli = PulumiCommand;

/** @throws Trouble where there is no usable `pulumi` on PATH. */
export async function findCli(): Promise<Cli> {
  const { PulumiCommand } = await automation();
  try {
    return await PulumiCommand.get();
  } catch (error) {
    if ((await pulumiVersion()) === undefined) throw new CommandError(`${NO_CLI} ${INSTALL_CLI}`);
    throw new CommandError(`The \`pulumi\` on PATH is not usable: ${reasonOf(error)}`);
  }
}

/** What the SDK takes for a project. */
const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** A project's folder, as the engine sees it. */
export interface OpenProject {
  readonly name: string;
  readonly workspace: LocalWorkspace;
}

/** @throws Error where there is no such project. */
export async function openProject(cli: Cli, dir: string): Promise<OpenProject> {
  if (!PROJECT_FILES.some((file) => existsSync(path.join(dir, file))))
    throw new CommandError(
      `There is no Pulumi.yaml in ${path.resolve(dir)}: run this in a project, or give --dir.`,
    );
  const { LocalWorkspace } = await automation();
  const workspace = await LocalWorkspace.create({ workDir: dir, pulumiCommand: cli });
  const { name } = await workspace.projectSettings();
  return { name, workspace };
}

/** @throws Error where no stack is named and none is selected. */
export async function stackName(
  { workspace }: OpenProject,
  { dir, stack }: StackChoice,
): Promise<string> {
  const name = stack ?? (await workspace.stack())?.name;
  if (name !== undefined) return name;
  throw new CommandError(
    `No stack is selected in ${dir}: name one by --stack, or run pulumi stack select.`,
  );
}

export async function openStack({ workspace }: OpenProject, name: string): Promise<Stack> {
  const { Stack } = await automation();
  // The SDK would select the stack: a person would come back to another stack than they left, and
  // checks of one folder would take it from each other. Every command names its stack anyway.
  workspace.selectStack = () => Promise.resolve();
  return Stack.select(name, workspace);
}

/** Loaded here and not before: it takes a second that no other command should wait for. */
function automation() {
  return import("@pulumi/pulumi/automation/index.js");
}
