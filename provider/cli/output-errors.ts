/**
 * Lets a command finish after its output can no longer be written, because an import or a
 * remediation must not stop halfway. A closed pipe, as after `| head -1`, is not an error.
 *
 * @param onError Called for every other write error, after the error was reported.
 */
export function handleOutputErrors(onError: () => void): void {
  const reported = new Set<string>();
  for (const [stream, name] of [
    [process.stdout, "standard output"],
    [process.stderr, "standard error"],
  ] as const)
    stream.on("error", ({ code, message }: NodeJS.ErrnoException) => {
      if (code === "EPIPE" || reported.has(name)) return;
      reported.add(name);
      if (stream !== process.stderr)
        process.stderr.write(`Cannot write to ${name} (${code ?? message}).\n`);
      onError();
    });
}
