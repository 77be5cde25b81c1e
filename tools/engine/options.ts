import path from "node:path";
import envPaths from "env-paths";
import { VERSION } from "./engine.js";

/** The destination of progress messages. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** Every option has a default. */
export interface EngineOptions {
  /** Its PATH is searched, and child processes inherit it. Default: the environment of this process. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Contains one directory for each version. Default: in the user's cache directory. */
  readonly cacheFolder?: string;
  /** The URL of Pulumi's release archives. */
  readonly releasesUrl?: string;
  /** The time without a received byte after which a download fails, in milliseconds. Default: 5,000. */
  readonly idleTimeoutMs?: number;
  /** Receives progress and warnings. Default: stderr. */
  readonly output?: Output;
  /** Stops a download or build, and removes its files. */
  readonly signal?: AbortSignal;
}

export interface ResolvedOptions extends Required<EngineOptions> {
  /** Writes one line to the output. */
  readonly report: (line: string) => void;
  /** The cache's directory for {@link VERSION}. */
  readonly engineFolder: string;
}

export function resolveOptions(options: EngineOptions = {}): ResolvedOptions {
  const output = options.output ?? process.stderr;
  const cacheFolder = options.cacheFolder ?? defaultCacheFolder();
  return {
    environment: options.environment ?? process.env,
    cacheFolder,
    releasesUrl: options.releasesUrl ?? "https://get.pulumi.com/releases/sdk",
    idleTimeoutMs: options.idleTimeoutMs ?? 5_000,
    output,
    signal: options.signal ?? new AbortController().signal,
    report: (line) => output.write(`${line}\n`),
    engineFolder: path.join(cacheFolder, VERSION),
  };
}

function defaultCacheFolder(): string {
  return path.join(envPaths("pulumi-cloudflare-zero-trust", { suffix: "" }).cache, "engine");
}
