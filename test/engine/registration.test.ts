import { mkdir, realpath, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { temporaryFolder } from "../cli/run-command.js";
import { accountId } from "./accounts.js";

jest.setTimeout(120_000);

const REPOSITORY = path.resolve(__dirname, "../..");

describe("A project that only depends on the package through a library", () => {
  it("fails in the constructor, which names the package.json to change", async () => {
    const { folder: root, remove } = await temporaryFolder();
    const folder = path.join(await realpath(root), "project");
    // The layout of pnpm: only the library finds the package.
    const modules = path.join(folder, "node_modules");
    const library = path.join(folder, "../library");
    for (const directory of [modules, path.join(library, "node_modules")]) {
      await mkdir(directory, { recursive: true });
      await symlink(path.join(REPOSITORY, "node_modules/@pulumi"), path.join(directory, "@pulumi"));
    }
    await symlink(REPOSITORY, path.join(library, "node_modules/pulumi-cloudflare-zero-trust"));
    await writeFile(
      path.join(library, "index.js"),
      `module.exports = require("pulumi-cloudflare-zero-trust");`,
    );
    await symlink(library, path.join(modules, "library"));
    await writeFile(path.join(folder, "package.json"), "{}");

    const script = `// The SDK's script that runs programs, which the constructor recognizes.
      process.argv[1] = require.resolve("@pulumi/pulumi/cmd/run");
      require("@pulumi/pulumi").runtime.setMocks({ newResource: ({ inputs }) => ({ id: "id", state: inputs }), call: () => ({}) });
      const { Organization } = require("library");
      process.chdir("/"); // As some programs do. The plugin loads code from the directory of the start.
      try {
        new Organization("organization", { accountId: "${accountId(1)}" });
      } catch (error) {
        console.log(error.message);
      }`;
    const { stdout } = await execa("node", ["--eval", script], { cwd: folder });
    await remove();
    expect(stdout.replaceAll(folder, "/home/project")).toContain(
      'Organization "organization": the engine cannot load "pulumi-cloudflare-zero-trust/provider" from /home/project. Add "pulumi-cloudflare-zero-trust" to the dependencies in /home/project/package.json, install them, and run again.',
    );
  });
});
