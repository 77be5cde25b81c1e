import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { MANAGERS, NODES, type Manager, type NodeMajor } from "./axes.js";

/** The package managers and the versions of Node, all of them npm packages. */
export interface Toolbox {
  /** The folder to put first on PATH. */
  readonly node: Readonly<Record<NodeMajor, string>>;
  /** The command of each package manager. */
  readonly manager: Readonly<Record<Manager, string>>;
  readonly versions: readonly string[];
}

/** Installs them into a folder. The package `node` brings its binary by an install script. */
export async function makeToolbox(folder: string): Promise<Toolbox> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ private: true }));
  const nodes = NODES.map((major) => `node-${major}@npm:node@${major}`);
  const managers = ["pnpm", "@yarnpkg/cli-dist"];
  const args = ["install", "--no-audit", "--no-fund", "--prefer-offline", ...managers, ...nodes];
  await execa("npm", args, { cwd: folder });

  const modules = path.join(folder, "node_modules");
  const bin = (name: string) => path.join(modules, ".bin", name);
  const node = Object.fromEntries(
    NODES.map((major) => [major, path.join(modules, `node-${major}`, "bin")]),
  ) as Toolbox["node"];
  const manager: Toolbox["manager"] = { npm: "npm", pnpm: bin("pnpm"), yarn: bin("yarn") };
  const asked: [name: string, command: string][] = [
    ...MANAGERS.map((name): [string, string] => [name, manager[name]]),
    ...NODES.map((major): [string, string] => ["Node", path.join(node[major], "node")]),
  ];
  const versions = await Promise.all(
    asked.map(async ([name, command]) => {
      const { stdout } = await execa(command, ["--version"]);
      return `${name} ${stdout.replace(/^v/, "")}`;
    }),
  );
  return { node, manager, versions };
}
