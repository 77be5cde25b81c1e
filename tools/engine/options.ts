import path from "node:path";
import envPaths from "env-paths";
import { VERSION } from "./engine.js";

/** Where lines for a person go; a terminal is told by `isTTY`. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** Each has a default that fits a person at a terminal. */
export interface EngineOptions {
  /** Its PATH is searched, and child processes get it. Default: this process's own. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Holds one folder for each version. Default: in the user's cache folder. */
  readonly cacheFolder?: string;
  /** Where Pulumi publishes its archives. */
  readonly releasesUrl?: string;
  /** After how many milliseconds without a byte a download is given up. Default: 5,000. */
  readonly patience?: number;
  /** Progress and what was passed over. Default: stderr. */
  readonly output?: Output;
  /** Ends a download or build; nothing half-made stays. */
  readonly signal?: AbortSignal;
}

export interface ResolvedOptions extends Required<EngineOptions> {
  /** Writes one line to the output. */
  readonly report: (line: string) => void;
  /** The cache's folder for the version that is downloaded and built. */
  readonly engineFolder: string;
}

export function resolveOptions(options: EngineOptions = {}): ResolvedOptions {
  const output = options.output ?? process.stderr;
  const cacheFolder = options.cacheFolder ?? defaultCacheFolder();
  return {
    environment: options.environment ?? process.env,
    cacheFolder,
    releasesUrl: options.releasesUrl ?? "https://get.pulumi.com/releases/sdk",
    patience: options.patience ?? 5_000,
    output,
    signal: options.signal ?? new AbortController().signal,
    report: (line) => output.write(`${line}\n`),
    engineFolder: path.join(cacheFolder, VERSION),
  };
}

function defaultCacheFolder(): string {
  return path.join(envPaths("pulumi-cloudflare-zero-trust", { suffix: "" }).cache, "engine");
}
