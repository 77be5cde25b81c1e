import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command, Option } from "commander";
import execa from "execa";
import semver from "semver";
import { EMULATOR_TOKEN, startEmulator } from "../../emulator/index.js";
import { findOrInstallEngine, offlineEnvironment } from "../engine/index.js";
import { pack } from "../package/packed.js";
import { runTool } from "../run-tool.js";

const ACCOUNT = "0123456789abcdef0123456789abcdef";

const INSTALL = {
  npm: ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"],
  pnpm: ["npx", "--yes", "pnpm", "install", "--ignore-scripts", "--no-frozen-lockfile"],
  yarn: ["npx", "--yes", "@yarnpkg/cli-dist", "install", "--no-immutable"],
};

interface Options {
  readonly manager: keyof typeof INSTALL;
  readonly sdk: string;
  readonly typescript: string;
}

const commandLine = new Command("npm run test:installation --")
  .description(
    "checks one installation of the packed package with the present version of Node: installs it, type-checks a program, loads it by import and require, and deploys with it on the real engine",
  )
  .addOption(
    new Option("--manager <name>", "package manager").choices(Object.keys(INSTALL)).default("npm"),
  )
  .option("--sdk <version>", "oldest, newest, or a version of @pulumi/pulumi", "newest")
  .addOption(
    new Option("--typescript <major>", "version of TypeScript")
      .choices(["5", "6", "7"])
      .default("6"),
  )
  .addHelpText("after", "\nExample: npm run test:installation -- --manager pnpm --sdk oldest");

runTool(async (signal) => {
  const { manager, sdk, typescript } = commandLine.parse().opts<Options>();
  const temporary = await mkdtemp(path.join(tmpdir(), "zero-trust-installation-"));
  const folder = path.join(temporary, "consumer");
  const run = async (step: string, command: readonly string[], env = process.env) => {
    signal.throwIfAborted();
    const [file = "", ...args] = command;
    const options = { cwd: folder, env, extendEnv: false, all: true, reject: false };
    const { exitCode, all = "" } = await execa(file, args, options);
    if (exitCode !== 0) throw new Error(`${step} failed: ${command.join(" ")}\n${all}`);
    process.stdout.write(`✓ ${step}\n`);
  };
  try {
    const { tarball } = await pack(temporary);
    await cp(path.join(__dirname, "consumer"), folder, { recursive: true });
    await writeProject(folder, { tarball, sdk: await sdkVersion(sdk), typescript });
    // Yarn does not read npm's configuration.
    const registry = (await npm("config", "get", "registry")).trim();
    await run("install", INSTALL[manager], {
      ...process.env,
      YARN_NPM_REGISTRY_SERVER: registry,
      CI: "",
    });

    const [installedSdk, compiler] = await Promise.all(
      ["@pulumi/pulumi", "typescript"].map((name) => installedVersion(folder, name)),
    );
    process.stdout.write(
      `  ${manager}, Node ${process.versions.node}, SDK ${installedSdk ?? ""}, TypeScript ${compiler ?? ""}\n`,
    );
    const tsc = path.join(folder, "node_modules/typescript/bin/tsc");
    await run("type check", [process.execPath, tsc, "--project", "."]);
    await run("import", [process.execPath, "load.mjs"]);
    await run("require", [process.execPath, "load.js"]);

    const emulator = await startEmulator();
    try {
      emulator.seed("accounts", ACCOUNT, { session_duration: "24h" });
      const env = {
        ...offlineEnvironment(await findOrInstallEngine({ signal }), path.join(temporary, "home")),
        CLOUDFLARE_API_TOKEN: EMULATOR_TOKEN,
        CLOUDFLARE_BASE_URL: emulator.baseUrl,
      };
      if (semver.major(compiler ?? "6.0.0") < 7) {
        await run("stack init", ["pulumi", "stack", "init", "test", "--non-interactive"], env);
        await run("up", ["pulumi", "up", "--yes", "--skip-preview", "--non-interactive"], env);
      } else {
        // The SDK compiles programs through an API that TypeScript 7 lacks, so the compiled program is deployed.
        await run("up", [process.execPath, "deploy.js"], env);
      }
      const live = emulator.organization("accounts", ACCOUNT)?.session_duration;
      if (live !== "12h") throw new Error(`The live session duration is ${String(live)}, not 12h.`);
    } finally {
      await emulator.close();
    }
    return 0;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
});

async function writeProject(
  folder: string,
  versions: { readonly tarball: string; readonly sdk: string; readonly typescript: string },
): Promise<void> {
  const { tarball, sdk, typescript } = versions;
  // The SDK names the compilers that it supports. npm rejects others unless the project overrides that.
  const supported = JSON.parse(
    await npm("view", `@pulumi/pulumi@${sdk}`, "peerDependencies.typescript", "--json"),
  ) as string;
  const overrides = { "@pulumi/pulumi": { typescript: "$typescript" } };
  const files = {
    "package.json": JSON.stringify({
      name: "consumer",
      private: true,
      main: "index.ts",
      dependencies: {
        "@pulumi/pulumi": sdk,
        "@types/node": "^20",
        "pulumi-cloudflare-zero-trust": `file:${tarball}`,
        typescript: `^${typescript}`,
      },
      ...(semver.subset(`^${typescript}`, supported) ? {} : { overrides }),
    }),
    "yarn.lock": "",
    ".yarnrc.yml": "nodeLinker: node-modules\nenableTelemetry: false\nenableScripts: false\n",
    "Pulumi.yaml": "name: consumer\nruntime: nodejs\n",
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
}

/** Resolves "oldest" and "newest" within the range that the package supports. */
async function sdkVersion(sdk: string): Promise<string> {
  if (sdk !== "oldest" && sdk !== "newest") return sdk;
  const { peerDependencies } = JSON.parse(await readFile("package.json", "utf8")) as {
    peerDependencies: { "@pulumi/pulumi": string };
  };
  const range = peerDependencies["@pulumi/pulumi"];
  if (sdk === "oldest") return semver.minVersion(range)?.version ?? range;
  // An exact version: from a range npm would choose the last release that supports the present Node.
  const versions = JSON.parse(await npm("view", `@pulumi/pulumi@${range}`, "version", "--json")) as
    string | string[];
  return [versions].flat().at(-1) ?? range;
}

async function installedVersion(folder: string, name: string): Promise<string> {
  const file = path.join(folder, "node_modules", name, "package.json");
  return (JSON.parse(await readFile(file, "utf8")) as { version: string }).version;
}

async function npm(...args: readonly string[]): Promise<string> {
  return (await execa("npm", args)).stdout;
}
