import { run } from "./live.js";

/** After Ctrl-C the command restores every changed setting before it exits, so a second Ctrl-C has no effect. */
const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => interruption.abort());

const print = (line: string) => void process.stdout.write(`${line}\n`);
void run(process.argv.slice(2), { print, signal: interruption.signal }).then(
  (exitCode) => (process.exitCode = exitCode),
);
