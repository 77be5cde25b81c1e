import { cp, mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const REPOSITORY = path.resolve(__dirname, "../..");
const PACKAGE = "pulumi-cloudflare-zero-trust";

/** A temporary directory whose `node_modules` contain this package, as an installation would, and its dependencies. */
export interface Workspace {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * Copies the built package, so that a later build does not change what is measured.
 *
 * @param checkout The package's directory. Default: this repository.
 */
export async function openWorkspace(checkout: string = REPOSITORY): Promise<Workspace> {
  const folder = await mkdtemp(path.join(tmpdir(), "zero-trust-bench-"));
  const modules = path.join(folder, "node_modules");
  const installed = path.join(modules, PACKAGE);
  await mkdir(installed, { recursive: true });
  for (const part of ["package.json", "dist/provider"])
    await cp(path.join(checkout, part), path.join(installed, part), { recursive: true });

  const dependencies = path.join(REPOSITORY, "node_modules");
  for (const name of await readdir(dependencies))
    if (name !== PACKAGE && !name.startsWith("."))
      // A junction needs no privileges on Windows; other systems ignore the type.
      await symlink(path.join(dependencies, name), path.join(modules, name), "junction");

  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
