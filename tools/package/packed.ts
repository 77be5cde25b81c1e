import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";

const REPOSITORY = path.resolve(__dirname, "../..");

/** The package as npm publishes it. */
export interface Packed {
  /** The tarball's absolute path. */
  readonly tarball: string;
  /** What it holds, as paths within the package. */
  readonly files: readonly string[];
  /** Its size in bytes. */
  readonly size: number;
}

/** Packs the build into a folder. */
export async function pack(folder: string): Promise<Packed> {
  const args = ["pack", "--json", "--pack-destination", folder];
  const { stdout } = await execa("npm", args, { cwd: REPOSITORY });
  const [{ filename, files, size }] = JSON.parse(stdout) as [
    { filename: string; files: { path: string }[]; size: number },
  ];
  return {
    tarball: path.join(folder, filename),
    files: files.map((file) => file.path),
    size,
  };
}

/** A project with these packages in its node_modules, and nothing of this repository. */
export async function installInto(folder: string, packages: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ private: true }));
  const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages];
  const npm = (cache: string) => execa("npm", [...args, cache], { cwd: folder });
  // `npm ci` left all that is needed in npm's cache, so the network is only asked where that is gone.
  await npm("--offline").catch(() => npm("--prefer-offline"));
}

/** A package in the version that this repository is tested with. */
export async function asInRepository(name: string): Promise<string> {
  const file = path.join(REPOSITORY, "node_modules", name, "package.json");
  const { version } = JSON.parse(await readFile(file, "utf8")) as { version: string };
  return `${name}@${version}`;
}
