/**
 * Lets a command come to its end whatever becomes of where it writes: a repair or an import must not
 * be cut off in the middle. A pipe that nobody reads any more, as after `| head -1`, is no trouble.
 *
 * @param fail Called for any other trouble, once it is told where it still can be.
 */
export function whereWritingFails(fail: () => void): void {
  const told = new Set<string>();
  for (const [stream, name] of [
    [process.stdout, "standard output"],
    [process.stderr, "standard error"],
  ] as const)
    stream.on("error", ({ code, message }: NodeJS.ErrnoException) => {
      if (code === "EPIPE" || told.has(name)) return;
      told.add(name);
      if (stream !== process.stderr)
        process.stderr.write(`${name} can't be written to (${code ?? message}).\n`);
      fail();
    });
}
