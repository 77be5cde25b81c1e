import type { LocalWorkspace, PulumiCommand, Stack } from "@pulumi/pulumi/automation/index.js";
import { Trouble } from "../trouble.js";

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
    const reason = error instanceof Error ? error.message : String(error);
    throw new Trouble(`No usable \`pulumi\` is on PATH: ${reason.split("\n", 1)[0] ?? reason}`);
  }
}

/** A project's folder, as the engine sees it. */
export interface OpenProject {
  readonly name: string;
  readonly workspace: LocalWorkspace;
}

/** @throws Error where there is no such project. */
export async function openProject(cli: Cli, dir: string): Promise<OpenProject> {
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
  throw new Error(
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
