import { fork } from "node:child_process";
import path from "node:path";

/** What one call of a provider method loads in the plugin process. */
export interface PluginLoading {
  /** From the first line of the provider's code to the first request, in milliseconds. */
  readonly firstRequestMs?: number;
  /** The files loaded before the call. */
  readonly entry: readonly string[];
  /** All files loaded, before and by the call. */
  readonly modules: readonly string[];
}

/** What this package adds to a program that has loaded the SDK. */
export interface ProgramLoading {
  readonly modules: readonly string[];
}

const SOURCE =
  'exports.handler = () => require("pulumi-cloudflare-zero-trust/provider").organization;';
const ACCOUNT = "1".padStart(32, "0");
const INPUTS = {
  accountId: ACCOUNT,
  name: "Widget Corp",
  sessionDuration: "12h",
  loginDesign: { backgroundColor: "#112233", headerText: "Widget Corp" },
};

/** The arguments of each measured method, as the engine passes them. */
const CALLS = {
  check: [{}, INPUTS],
  read: [`accounts/${ACCOUNT}`, INPUTS],
  delete: [`accounts/${ACCOUNT}`, INPUTS],
};

export type Method = keyof typeof CALLS;

/** @param folder A directory below `node_modules` that contain the packages. */
export function measurePluginLoading(
  folder: string,
  method: Method,
  env: NodeJS.ProcessEnv = {},
): Promise<PluginLoading> {
  const call = JSON.stringify({ source: SOURCE, method, args: CALLS[method] });
  return probe<PluginLoading>("plugin.js", [call], folder, env);
}

export function measureProgramLoading(folder: string): Promise<ProgramLoading> {
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

/** Runs a probe in a Node process without this process's loaders. */
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
    child.once("exit", (code) => reject(new Error(`${file} exited with ${String(code)}.`)));
  });
}
