/**
 * Runs a tool and sets the exit code: the tool's own, 130 after Ctrl-C, 1 after an error. One Ctrl-C can arrive twice,
 * from the terminal and from the parent process, so a second signal does not force the exit.
 *
 * @param main Receives a signal that is aborted on Ctrl-C; the tool cleans up and then throws or returns.
 */
export function runTool(main: (signal: AbortSignal) => Promise<number>): void {
  const interruption = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => interruption.abort());
  main(interruption.signal).then(
    (exitCode) => (process.exitCode = exitCode),
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      process.stderr.write(interruption.signal.aborted ? "\nInterrupted.\n" : `\n${message}\n`);
      process.exitCode = interruption.signal.aborted ? 130 : 1;
    },
  );
}
