import { writeFile } from "node:fs/promises";
import path from "node:path";
import { referencePages } from "./reference.js";

/** Writes the tables of the reference anew; with --check it only says which are not as they should be. */
async function main(check: boolean): Promise<void> {
  for (const { file, present, wanted } of await referencePages()) {
    if (present === wanted) continue;
    if (check) process.exitCode = 1;
    else await writeFile(file, wanted);
    const page = path.relative(process.cwd(), file);
    process.stdout.write(`${page} ${check ? "is out of date: npm run reference" : "written"}\n`);
  }
}

void main(process.argv.includes("--check"));
