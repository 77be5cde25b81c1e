import path from "node:path";
import execa from "execa";

const REPOSITORY = path.resolve(__dirname, "../..");

/** The package as npm publishes it. */
export interface Packed {
  /** The tarball's absolute path. */
  readonly tarball: string;
  /** Its files, as paths in the package. */
  readonly files: readonly string[];
  /** Its size in bytes. */
  readonly size: number;
}

/** Packs the built package into a directory. */
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
