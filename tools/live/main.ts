import { run } from "./live.js";

/** Ctrl-C ends it in an orderly way: what was changed is restored first, so a second one changes nothing. */
const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => interruption.abort());

const print = (line: string) => void process.stdout.write(`${line}\n`);
void run(process.argv.slice(2), { print, signal: interruption.signal }).then(
  (exitCode) => (process.exitCode = exitCode),
);
