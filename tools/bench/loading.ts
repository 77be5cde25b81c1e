import { fork } from "node:child_process";
import path from "node:path";

/** What one method of the provider loads in the plugin process, and how long that takes. */
export interface PluginLoading {
  /** From the start of loading the provider's module to its end. */
  readonly loadMs: number;
  /** From there to the end of the call. */
  readonly callMs: number;
  /** From the start of loading to the moment the first request leaves. */
  readonly firstRequestMs?: number;
  /** The files loaded before the call. */
  readonly entry: readonly string[];
  /** All files loaded, before and by the call. */
  readonly modules: readonly string[];
  /** The modules of Node itself that came with them, as it calls them. */
  readonly nodesOwn: readonly string[];
  /** Milliseconds of each module that this package's files ask for, with all that it loads itself. */
  readonly loadTimes: Readonly<Record<string, number>>;
}

/** What this package adds to a program that has the SDK loaded. */
export interface ProgramLoading {
  readonly loadMs: number;
  readonly modules: readonly string[];
}

export interface PluginCall {
  readonly method: "check" | "read" | "delete";
  readonly args: readonly unknown[];
}

const SOURCE =
  'exports.handler = () => require("pulumi-cloudflare-zero-trust/provider").organization;';
const ACCOUNT = "1".padStart(32, "0");
const ARGUMENTS = {
  accountId: ACCOUNT,
  name: "Widget Corp",
  sessionDuration: "12h",
  loginDesign: { backgroundColor: "#112233", headerText: "Widget Corp" },
};

/** The calls that are looked at: of one organization, as the engine makes them. */
export const CALLS = {
  check: { method: "check", args: [{}, ARGUMENTS] },
  read: { method: "read", args: [`accounts/${ACCOUNT}`, ARGUMENTS] },
  delete: { method: "delete", args: [`accounts/${ACCOUNT}`, ARGUMENTS] },
} as const satisfies Readonly<Record<string, PluginCall>>;

/** @param folder Below node_modules that hold the packages. */
export function watchPluginLoading(
  folder: string,
  call: PluginCall,
  env: NodeJS.ProcessEnv = {},
): Promise<PluginLoading> {
  const order = JSON.stringify({ source: SOURCE, ...call });
  return probe<PluginLoading>("plugin.js", [order], folder, env);
}

export function watchProgramLoading(folder: string): Promise<ProgramLoading> {
  return probe<ProgramLoading>("program.js", [], folder, {});
}

/** The packages that files belong to, in the order in which they were loaded. */
export function packagesOf(modules: readonly string[]): string[] {
  const names = modules.map((file) => {
    const inside = file.split(/[\\/]node_modules[\\/]/).at(-1) ?? "";
    return inside.split(/[\\/]/, inside.startsWith("@") ? 2 : 1).join("/");
  });
  return [...new Set(names)];
}

/** Runs a probe in a Node process of its own, without any loader that this one may have. */
function probe<T>(
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(__dirname, "probes", file), args, {
      cwd,
      execArgv: [],
      env: { PATH: process.env.PATH, ...env },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child.once("message", (answer) => resolve(answer as T));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${file} exited ${String(code)}.`)));
  });
}
