import { runTool } from "../run-tool.js";
import { run } from "./live.js";

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** After Ctrl-C the command restores every changed setting before it exits. */
runTool((signal) => run(process.argv.slice(2), { print, signal }));
