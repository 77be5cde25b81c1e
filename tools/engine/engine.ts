/** Where an engine comes from. */
export type Origin = "path" | "cache" | "download" | "build";

/** A Pulumi CLI with everything that a Node program with dynamic resources needs. */
export interface Engine {
  /** The directory to put first on PATH. */
  readonly bin: string;
  /** The version of the CLI, without a leading "v". */
  readonly version: string;
  readonly origin: Origin;
}

/** The result of one way to get an engine: the engine, or why this way failed. */
export type Attempt = { readonly engine: Engine } | { readonly failure: string };

/** The version that is downloaded, built and cached. A test compares it with `modules/cli/go.mod`. */
export const VERSION = "3.276.0";

/** The oldest supported CLI: older ones cannot import resources from a file with their outputs. */
export const MINIMUM_VERSION = "3.254.0";

/**
 * The last release of the SDK's Go module that contains the Node language host. Later hosts are not published as
 * modules. Newer CLIs still speak its protocol.
 */
export const LANGUAGE_HOST_VERSION = "3.66.0";
