import path from "node:path";
import execa from "execa";
import { type Attempt, LANGUAGE_HOST_VERSION, VERSION } from "./engine.js";
import { CLI, findIn, GO, LANGUAGE_HOST, searchPath } from "./executables.js";
import { install, type WorkDirectories } from "./install.js";
import type { ResolvedOptions } from "./options.js";
import { showProgress } from "./progress.js";

/** One executable, and the wrapper module whose go.sum fixes everything that it is built from. */
interface Part {
  readonly executable: string;
  readonly module: string;
  readonly importPath: string;
  readonly version: string;
}

const MODULES = path.join(__dirname, "modules");

/**
 * Two modules, because the language host needs an SDK that is too old for the CLI. Wrapper modules, because
 * `go install package@version` rejects modules with replace directives, such as the CLI's.
 */
const PARTS: readonly Part[] = [
  {
    executable: LANGUAGE_HOST,
    module: path.join(MODULES, "language-host"),
    importPath: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    version: LANGUAGE_HOST_VERSION,
  },
  {
    executable: CLI,
    module: path.join(MODULES, "cli"),
    importPath: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    version: VERSION,
  },
];

/** The variable in which the executable keeps its version. */
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** How long an interrupted `go` may take to stop its compilers and to remove its work directory. */
const KILL_AFTER_MS = 10_000;

/** Builds Pulumi from its published Go modules with the `go` on PATH. */
export async function engineFromBuild(options: ResolvedOptions): Promise<Attempt> {
  const go = await findIn(searchPath(options.environment), GO);
  if (go === undefined) return { failure: "build: go not found on PATH" };
  try {
    options.report(
      `Building Pulumi ${VERSION} from its Go modules. This takes five to ten minutes on two cores, once. ` +
        `An interrupted build continues where it stopped.`,
    );
    const engine = await install(options, "build", async (directories) => {
      for (const part of PARTS) await build(go, part, directories, options);
    });
    return { engine };
  } catch (error) {
    options.signal.throwIfAborted();
    return { failure: `build: ${(error as Error).message}` };
  }
}

async function build(
  go: string,
  { executable, module, importPath, version }: Part,
  { bin, scratch }: WorkDirectories,
  { environment, output, signal }: ResolvedOptions,
): Promise<void> {
  const progress = showProgress(output, `${executable} ${version}`);
  const args = [
    "build",
    "-mod=readonly", // Rejects modules that differ from go.sum.
    "-trimpath",
    "-tags=osusergo,grpcnotrace",
    `-ldflags=-s -w -X ${VERSION_VARIABLE}=v${version}`,
    `-o=${path.join(bin, executable)}`,
    importPath,
  ];
  const env = {
    ...environment,
    GOWORK: "off", // A workspace around this directory would change the build.
    CGO_ENABLED: "0", // The build needs no C compiler.
    GOTMPDIR: scratch, // Removed with the directory, even if the build is killed.
  };
  await runGo(go, args, module, env, signal).finally(progress.end);
}

/** Runs a `go` command. The error contains the last lines of its error output. */
async function runGo(
  go: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const child = execa(go, args, { cwd, env, extendEnv: false, stdin: "ignore" });
  // An interrupt, as from the keyboard, lets `go` clean up.
  const interrupt = () => {
    child.kill("SIGINT");
    setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS).unref();
  };
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    await child;
  } catch (error) {
    signal.throwIfAborted();
    const { stderr = "", shortMessage } = error as Partial<execa.ExecaError>;
    const lines = stderr.split("\n").filter((line) => !/^$|^go: downloading /.test(line));
    const reason = lines.slice(-10).join("\n     ") || (shortMessage ?? String(error));
    throw new Error(`go ${args[0] ?? ""} failed: ${reason}`, { cause: error });
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}
