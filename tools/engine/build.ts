import { readFile } from "node:fs/promises";
import path from "node:path";
import semver from "semver";
import { type Attempt, LANGUAGE_HOST_VERSION, VERSION } from "./engine.js";
import { CLI, findIn, LANGUAGE_HOST, searchPath } from "./executables.js";
import { type GoRun, isCompiledPackage, isModuleDownload, runGo } from "./go.js";
import { install, type Workplace } from "./install.js";
import type { ResolvedOptions } from "./options.js";
import { showProgress } from "./progress.js";

/** One executable and the wrapper module that says, hash by hash, what it is built from. */
interface Part {
  readonly executable: string;
  readonly module: string;
  readonly importPath: string;
  readonly version: string;
}

const MODULES = path.join(__dirname, "modules");

/**
 * Two modules, because the language host needs an SDK that is too old for the CLI. Modules of our
 * own, because `go install package@version` refuses modules with replace directives, which the
 * CLI's has.
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

/** The linker flag that tells the executable its version. */
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** Pulumi, built from its published Go modules with the machine's own `go`. */
export async function engineFromBuild(options: ResolvedOptions): Promise<Attempt> {
  const go = await findIn(
    searchPath(options.environment),
    process.platform === "win32" ? "go.exe" : "go",
  );
  if (go === undefined) return { failure: "build: no go on PATH" };
  try {
    for (const { module } of PARTS) await requireGo(go, module, options);
    options.report(
      `Building Pulumi ${VERSION} from its Go modules: five to ten minutes on two cores, once. ` +
        `A build that is interrupted goes on where it was.`,
    );
    const engine = await install(options, "build", async (workplace) => {
      for (const part of PARTS) await build(go, part, workplace, options);
    });
    return { engine };
  } catch (error) {
    options.signal.throwIfAborted();
    return { failure: `build: ${(error as Error).message}` };
  }
}

/** The Go that the modules ask for; the user is told when there is none. */
export async function requiredGo(module: string = path.join(MODULES, "cli")): Promise<string> {
  const text = await readFile(path.join(module, "go.mod"), "utf8");
  const version = /^go (\S+)$/m.exec(text)?.[1];
  if (version === undefined) throw new Error(`${module}/go.mod has no go line`);
  return version;
}

/**
 * Asked in the module's folder, an older `go` fetches the newer one by itself if its settings
 * allow that, and then answers with that version.
 */
async function requireGo(go: string, module: string, options: ResolvedOptions): Promise<void> {
  const { environment, signal } = options;
  const answer = await runGo({ go, cwd: module, environment, signal }, ["env", "GOVERSION"]);
  const actual = semver.coerce(answer);
  const required = semver.coerce(await requiredGo(module));
  if (actual === null || required === null || semver.lt(actual, required)) {
    throw new Error(`${go} is ${answer.trim()}, and ${String(required)} or newer is needed`);
  }
}

async function build(
  go: string,
  part: Part,
  workplace: Workplace,
  options: ResolvedOptions,
): Promise<void> {
  const progress = showProgress(options.output, `${part.executable} ${part.version}`);
  const run: Omit<GoRun, "onLine"> = {
    go,
    cwd: part.module,
    signal: options.signal,
    environment: {
      ...options.environment,
      GOWORK: "off", // A workspace around this folder would change what is built.
      CGO_ENABLED: "0", // No C compiler is asked for.
      GOTMPDIR: workplace.scratch, // Goes away with it, however the build ends.
    },
  };
  // -mod=readonly makes go.sum binding: what differs from it is refused.
  const flags = ["-mod=readonly", "-trimpath", "-tags=osusergo,grpcnotrace"];

  try {
    let fetched = 0;
    const countModules = (line: string) => {
      if (isModuleDownload(line)) progress.detail(`${++fetched} modules fetched`);
    };
    // Fetches the modules, and says which packages are not yet in Go's own cache.
    const stale = await runGo({ ...run, onLine: countModules }, [
      "list",
      ...flags,
      "-deps",
      "-f={{if .Stale}}{{.ImportPath}}{{end}}",
      part.importPath,
    ]);

    const total = stale.split("\n").filter((line) => line !== "").length;
    let compiled = 0;
    const countPackages = (line: string) => {
      if (isCompiledPackage(line)) progress.detail(`${++compiled} of ${total} packages`);
    };
    await runGo({ ...run, onLine: countPackages }, [
      "build",
      ...flags,
      "-v",
      `-ldflags=-s -w -X ${VERSION_VARIABLE}=v${part.version}`,
      `-o=${path.join(workplace.bin, part.executable)}`,
      part.importPath,
    ]);
  } finally {
    progress.end();
  }
}
