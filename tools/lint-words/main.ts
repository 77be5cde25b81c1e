import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { replacedWords } from "./words.js";

/** Reports words that the project has replaced by the terms of Pulumi, HTTP and Kubernetes. */
function main(): void {
  const tracked = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" }).split("\0");
  const files = tracked.filter(
    (file) => /\.([cm]?[jt]s|md|ya?ml|sh)$/.test(file) && !file.includes("/lint-words"),
  );
  let count = 0;
  for (const file of files)
    for (const [index, line] of readFileSync(file, "utf8").split("\n").entries())
      for (const { found, instead } of replacedWords(line)) {
        count += 1;
        process.stdout.write(`${file}:${index + 1}: "${found}": use ${instead}\n`);
      }
  if (count > 0) process.exitCode = 1;
}

main();
