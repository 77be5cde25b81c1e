import { findCli, openProject } from "../../../provider/cli/drift/workspace.js";
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
