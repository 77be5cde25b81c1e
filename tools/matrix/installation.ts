import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import semver from "semver";
import type { Row, Sdk } from "./axes.js";
import type { Toolbox } from "./toolbox.js";

/** A project of a consumer with everything installed. */
export interface Installation {
  readonly folder: string;
  readonly sdkVersion: string;
  readonly compilerVersion: string;
}

export interface InstallOptions {
  readonly folder: string;
  readonly tarball: string;
  /** The SDK's version. */
  readonly sdk: string;
  readonly toolbox: Toolbox;
}

/** Writes a consumer's project and lets the package manager install it. */
export async function install(row: Row, options: InstallOptions): Promise<Installation> {
  const { folder, tarball, sdk, toolbox } = options;
  await mkdir(folder, { recursive: true });
  await cp(path.join(__dirname, "consumer"), folder, { recursive: true });
  const files: Record<string, string> = {
    "package.json": JSON.stringify({
      name: "consumer",
      private: true,
      main: "index.ts",
      dependencies: {
        "@pulumi/pulumi": sdk,
        "@types/node": "^20",
        "pulumi-cloudflare-zero-trust": `file:${tarball}`,
        typescript: `^${row.compiler}`,
      },
      ...(await override(row, sdk)),
    }),
    "yarn.lock": "",
    ".yarnrc.yml": "nodeLinker: node-modules\nenableTelemetry: false\nenableScripts: false\n",
    "Pulumi.yaml": "name: consumer\nruntime: nodejs\n",
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);

  await execa(toolbox.manager[row.manager], ["install", ...OPTIONS[row.manager]], {
    cwd: folder,
    env: { YARN_NPM_REGISTRY_SERVER: await registry(), CI: "" },
  });
  const version = async (name: string) => {
    const file = path.join(folder, "node_modules", name, "package.json");
    return (JSON.parse(await readFile(file, "utf8")) as { version: string }).version;
  };
  return {
    folder,
    sdkVersion: await version("@pulumi/pulumi"),
    compilerVersion: await version("typescript"),
  };
}

const OPTIONS = {
  npm: ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"],
  pnpm: ["--ignore-scripts", "--prefer-offline", "--no-frozen-lockfile"],
  yarn: ["--no-immutable"],
};

/**
 * The SDK says which compilers it takes. npm refuses any other unless the project overrides that;
 * pnpm and Yarn only warn.
 */
async function override({ manager, compiler }: Row, sdk: string): Promise<object> {
  if (manager !== "npm") return {};
  const accepted = await view(`@pulumi/pulumi@${sdk}`, "peerDependencies.typescript");
  return semver.subset(`^${compiler}`, accepted)
    ? {}
    : { overrides: { "@pulumi/pulumi": { typescript: "$typescript" } } };
}

/** One field of what the registry says of a package. */
async function view(name: string, field: string): Promise<string> {
  const { stdout } = await execa("npm", ["view", name, field, "--json", "--prefer-offline"]);
  return [JSON.parse(stdout) as string | string[]].flat().at(-1) ?? "";
}

/** The version at one end of the range of SDKs that the package takes. */
export async function sdkVersion(sdk: Sdk, peerRange: string): Promise<string> {
  if (sdk === "oldest") return semver.minVersion(peerRange)?.version ?? peerRange;
  // Stated as a version: from a range npm would pick the last one that names the present Node.
  return view(`@pulumi/pulumi@${peerRange}`, "version");
}

async function registry(): Promise<string> {
  const { stdout } = await execa("npm", ["config", "get", "registry"]);
  return stdout.trim();
}
