/** How an engine was come by. */
export type Origin = "path" | "cache" | "download" | "build";

/** A Pulumi CLI with all that a Node program with dynamic resources needs beside it. */
export interface Engine {
  /** The directory to put first on PATH. */
  readonly bin: string;
  /** The version of the CLI, without a leading "v". */
  readonly version: string;
  readonly origin: Origin;
}

/** What came of one way of getting an engine: the engine, or why there is none. */
export type Attempt = { readonly engine: Engine } | { readonly failure: string };

/**
 * The version that is downloaded, built and kept. It is the one that `modules/cli/go.mod` requires
 * (a test holds the two together).
 */
export const VERSION = "3.259.0";

/** Older CLIs cannot import resources from a file that states their outputs. */
export const MINIMUM_VERSION = "3.254.0";

/**
 * The last release of the SDK's Go module that still holds the Node language host. Later ones are
 * no longer published as modules; the protocol between the two has stayed the same.
 */
export const LANGUAGE_HOST_VERSION = "3.66.0";

/** No engine could be found or made; the message says what was tried and what to do. */
export class EngineUnavailable extends Error {
  override readonly name = "EngineUnavailable";

  constructor(failures: readonly string[], remedy: string) {
    const tried = failures.map((failure, index) => `  ${index + 1}. ${failure}`);
    super(["No Pulumi engine could be found or made. Tried:", ...tried, remedy].join("\n"));
  }
}
