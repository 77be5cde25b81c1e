#!/usr/bin/env node
import { run } from "./command-line.js";
import { terminal } from "./terminal.js";
import { whereWritingFails } from "./writing.js";

const TROUBLE = 1;
whereWritingFails(() => (process.exitCode = TROUBLE));

void run(process.argv.slice(2), terminal(process.stdout, process.stderr)).then((exitCode) => {
  if (exitCode !== 0) process.exitCode ??= exitCode;
});
