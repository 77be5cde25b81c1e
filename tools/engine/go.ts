import { createInterface } from "node:readline";
import execa from "execa";

/** How each `go` command is run. */
export interface GoRun {
  /** The path of the `go` executable. */
  readonly go: string;
  /** The module's folder. */
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Ends the command. */
  readonly signal: AbortSignal;
  /** Called with each line of progress. */
  readonly onLine?: (line: string) => void;
}

const LAST_WORDS = 10;
const KILL_AFTER = 10_000;

/** Runs a `go` command and returns its standard output. The error says what the command said. */
export async function runGo(run: GoRun, args: readonly string[]): Promise<string> {
  run.signal.throwIfAborted();
  const child = execa(run.go, args, {
    cwd: run.cwd,
    env: run.environment,
    extendEnv: false,
    stdin: "ignore",
  });

  const lastWords: string[] = [];
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on("line", (line) => {
      run.onLine?.(line);
      if (!isProgress(line)) lastWords.push(line);
    });
  }

  // An interrupt, as from the keyboard: upon it `go` ends its compilers and removes its work folder.
  const interrupt = () => {
    child.kill("SIGINT");
    setTimeout(() => child.kill("SIGKILL"), KILL_AFTER).unref();
  };
  run.signal.addEventListener("abort", interrupt, { once: true });
  try {
    return (await child).stdout;
  } catch (error) {
    run.signal.throwIfAborted();
    const said = lastWords.slice(-LAST_WORDS).join("\n     ");
    const reason = said || (error as execa.ExecaError).shortMessage;
    throw new Error(`go ${args[0] ?? ""} failed: ${reason}`, { cause: error });
  } finally {
    run.signal.removeEventListener("abort", interrupt);
  }
}

/** "go: downloading example.com/module v1.2.3" */
export function isModuleDownload(line: string): boolean {
  return line.startsWith("go: downloading ");
}

/** With -v, `go build` names each package that it compiles; an import path holds no space. */
export function isCompiledPackage(line: string): boolean {
  return /^[\w.~-]+(\/[\w.~-]+)*$/.test(line);
}

function isProgress(line: string): boolean {
  return isModuleDownload(line) || isCompiledPackage(line);
}
