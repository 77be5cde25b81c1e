#!/usr/bin/env node
import { run } from "./command-line.js";
import { handleOutputErrors } from "./output-errors.js";
import { terminal } from "./terminal.js";

const FAILURE = 1;
handleOutputErrors(() => (process.exitCode = FAILURE));

void run(process.argv.slice(2), terminal(process.stdout, process.stderr)).then((exitCode) => {
  if (exitCode !== 0) process.exitCode ??= exitCode;
});
