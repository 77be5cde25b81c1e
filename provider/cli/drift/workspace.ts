import path from "node:path";
import type { LocalWorkspace, PulumiCommand, Stack } from "@pulumi/pulumi/automation/index.js";
import { isProject } from "../project.js";
import { INSTALL_CLI, NO_CLI, pulumiVersion } from "../pulumi.js";
import { CommandError } from "../errors.js";
import { withOwnProcessGroups } from "./pulumi-process.js";
import { reasonOf } from "./run-engine.js";

/** A stack to check: a project's directory and the stack's name. The default is the selected stack. */
export interface StackChoice {
  readonly dir: string;
  readonly stack: string | undefined;
}

/** The Pulumi CLI that runs all operations. */
export type Cli = PulumiCommand;

/** @throws CommandError if PATH has no usable `pulumi`. */
export async function findCli(): Promise<Cli> {
  const { PulumiCommand } = await automation();
  try {
    return withOwnProcessGroups(await PulumiCommand.get());
  } catch (error) {
    if ((await pulumiVersion()) === undefined) throw new CommandError(`${NO_CLI} ${INSTALL_CLI}`);
    throw new CommandError(`The \`pulumi\` on PATH is not usable: ${reasonOf(error)}`);
  }
}

/** A project's directory, as the Automation API opens it. */
export interface OpenProject {
  readonly name: string;
  readonly workspace: LocalWorkspace;
}

/** @throws CommandError if the directory is not a project. */
export async function openProject(cli: Cli, dir: string): Promise<OpenProject> {
  if (!isProject(dir))
    throw new CommandError(
      `No Pulumi.yaml in ${path.resolve(dir)}. Run this command in a project, or add --dir.`,
    );
  const { LocalWorkspace } = await automation();
  const workspace = await LocalWorkspace.create({ workDir: dir, pulumiCommand: cli });
  const { name } = await workspace.projectSettings();
  return { name, workspace };
}

/** @throws CommandError if no stack is named and none is selected. */
export async function stackName(
  { workspace }: OpenProject,
  { dir, stack }: StackChoice,
): Promise<string> {
  const name = stack ?? (await workspace.stack())?.name;
  if (name !== undefined) return name;
  throw new CommandError(
    `No stack is selected in ${path.resolve(dir)}. Add --stack, or run \`pulumi stack select\`.`,
  );
}

export async function openStack({ workspace }: OpenProject, name: string): Promise<Stack> {
  const { Stack } = await automation();
  // The SDK would change which stack is selected, for the user and for parallel checks of one
  // directory. Every operation names its stack, so nothing depends on the selection.
  workspace.selectStack = () => Promise.resolve();
  const stack = await Stack.select(name, workspace);
  // The SDK would add them to the result of an update, by three more commands that decrypt every secret.
  stack.outputs = () => Promise.resolve({});
  stack.info = () => Promise.resolve(undefined);
  return stack;
}

/** Loaded here because it takes a second, which other commands should not spend. */
function automation() {
  return import("@pulumi/pulumi/automation/index.js");
}
