import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findMarks, putBetweenMarks } from "../../../tools/bench/markdown.js";

describe("the tables of a document", () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "bench-test-"));
    file = path.join(folder, "performance.md");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("are renewed between their marks, and nothing else changes", async () => {
    await writeFile(file, "Before\n\n<!-- bench -->\n<!-- /bench -->\n\nAfter\n");
    await putBetweenMarks(file, "first");
    await putBetweenMarks(file, "second");
    expect(await readFile(file, "utf8")).toBe(
      "Before\n\n<!-- bench -->\n\n```text\nsecond\n```\n\n<!-- /bench -->\n\nAfter\n",
    );
  });

  it("have no place without marks, which shows before anything is measured", async () => {
    await writeFile(file, "Nothing");
    await expect(findMarks(file)).rejects.toThrow("has no <!-- bench -->");
    await expect(putBetweenMarks(file, "tables")).rejects.toThrow("has no <!-- bench -->");
    expect(await readFile(file, "utf8")).toBe("Nothing");
  });
});
