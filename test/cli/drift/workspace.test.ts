import { writeFile } from "node:fs/promises";
import path from "node:path";
import {
  findCli,
  openProject,
  openStack,
  type Cli,
} from "../../../provider/cli/drift/workspace.js";
import { temporaryFolder } from "../run-command.js";

describe("findCli", () => {
  it("fails with the installation page if there is no `pulumi` on PATH", async () => {
    const { folder, remove } = await temporaryFolder();
    const before = process.env;
    process.env = { ...before, PATH: folder, Path: folder };
    try {
      await expect(findCli()).rejects.toThrow(
        /^`pulumi` is not on PATH\. Install it from https:\/\/www\.pulumi\.com\/docs\/install\/\.$/,
      );
    } finally {
      process.env = before;
      await remove();
    }
  });
});

describe("openProject", () => {
  it("fails with the option to add if the directory is not a project", async () => {
    const { folder, remove } = await temporaryFolder();
    await expect(openProject(undefined as never, folder)).rejects.toThrow(
      `No Pulumi.yaml in ${folder}. Run this command in a project, or add --dir.`,
    );
    await remove();
  });
});

describe("openStack", () => {
  it("runs no command of the CLI, also for the outputs and the history of an update", async () => {
    const { folder, remove } = await temporaryFolder();
    await writeFile(path.join(folder, "Pulumi.yaml"), "name: accounts\nruntime: nodejs\n");
    const run = jest.fn().mockRejectedValue(new Error("a command of the CLI"));
    const cli: unknown = { command: "pulumi", version: null, run };
    const stack = await openStack(await openProject(cli as Cli, folder), "prod");
    expect(await stack.outputs()).toEqual({});
    expect(await stack.info()).toBeUndefined();
    expect(run).not.toHaveBeenCalled();
    await remove();
  });
});
