import { writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import semver from "semver";
import { EMULATOR_TOKEN, startEmulator } from "../../emulator/index.js";
import { offlineEnvironment, type Engine } from "../engine/index.js";
import type { Installation } from "./installation.js";

const ACCOUNT = "0123456789abcdef0123456789abcdef";

/** The compiler accepts what is right and refuses what is wrong, in the package's types too. */
export async function checkTypes({ folder }: Installation): Promise<void> {
  const compiler = path.join(folder, "node_modules", "typescript", "bin", "tsc");
  await execa(process.execPath, [compiler, "--project", "."], { cwd: folder });
}

/** Loads the package by import and by require, and uses it. */
export async function checkLoading({ folder }: Installation, node: string): Promise<void> {
  for (const program of ["load.mjs", "load.js"])
    await execa(path.join(node, "node"), [program], { cwd: folder });
}

/**
 * Deploys the consumer's program with the real engine, which finds the provider in node_modules.
 * The SDK compiles programs by an interface that TypeScript 7 no longer has, so what that compiled
 * before is deployed.
 */
export async function checkEngine(
  { folder, compilerVersion }: Installation,
  node: string,
  engine: Engine,
): Promise<void> {
  const emulator = await startEmulator();
  try {
    emulator.seed("accounts", ACCOUNT, { session_duration: "24h" });
    const home = path.join(folder, `pulumi-${path.basename(path.dirname(node))}`);
    const environment = offlineEnvironment(engine, home);
    const env = {
      ...environment,
      PATH: [node, environment.PATH].join(path.delimiter),
      CLOUDFLARE_API_TOKEN: EMULATOR_TOKEN,
      CLOUDFLARE_BASE_URL: emulator.baseUrl,
    };
    const run = (command: string, ...args: string[]) =>
      execa(command, args, { cwd: folder, env, extendEnv: false, all: true });
    if (semver.major(compilerVersion) < 7) {
      await run("pulumi", "stack", "init", "test", "--non-interactive");
      await run("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
    } else {
      await run(path.join(node, "node"), "deploy.js");
    }
    const live = emulator.organization("accounts", ACCOUNT)?.session_duration;
    if (live !== "12h") throw new Error(`The session duration is ${String(live)}, not 12h.`);
  } finally {
    await emulator.close();
  }
}

/** Runs a check; answers why it failed, kept in a file too. */
export async function outcome(
  check: Promise<void>,
  logFile: string,
): Promise<{ readonly failure?: string }> {
  try {
    await check;
    return {};
  } catch (error) {
    const { all, stdout, stderr, message } = error as Partial<execa.ExecaError> & Error;
    const said = all ?? [stdout, stderr].join("\n").trim();
    await writeFile(logFile, `${message}\n${said}\n`);
    return { failure: message };
  }
}
