import { readFile } from "node:fs/promises";
import path from "node:path";
import { checkFormats, writeFormats } from "../../../provider/cli/drift/formats.js";
import { terminal } from "../../../provider/cli/terminal.js";
import { runCommand, temporaryFolder } from "../run-command.js";
import { sample } from "./reports.js";

describe("the forms of a report", () => {
  let folder: string;
  let remove: () => Promise<void>;
  const summaryBefore = process.env.GITHUB_STEP_SUMMARY;

  beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
    Reflect.deleteProperty(process.env, "GITHUB_STEP_SUMMARY");
  });
  afterEach(async () => {
    if (summaryBefore !== undefined) process.env.GITHUB_STEP_SUMMARY = summaryBefore;
    await remove();
  });

  async function written(options: Parameters<typeof writeFormats>[1]): Promise<string> {
    const chunks: string[] = [];
    const stream = { write: (text: unknown) => chunks.push(String(text)) > 0 };
    await writeFormats(sample(), options, terminal(stream, stream));
    return chunks.join("");
  }

  const inFolder = (name: string) => path.join(folder, name);

  it("go to files, and the table to standard output", async () => {
    const files = {
      json: inFolder("a.json"),
      markdown: inFolder("a.md"),
      html: inFolder("a.html"),
      github: inFolder("a.txt"),
    };
    expect(await written(files)).toMatch(/^accounts \/ prod\n/);
    expect(JSON.parse(await readFile(files.json, "utf8"))).toEqual(sample());
    expect(await readFile(files.markdown, "utf8")).toMatch(/^## Zero Trust drift\n/);
    expect(await readFile(files.html, "utf8")).toMatch(/^<!doctype html>/);
    expect(await readFile(files.github, "utf8")).toMatch(/^::error /);
  });

  it.each([
    ["json", /^\{\n/],
    ["markdown", /^## Zero Trust drift\n/],
    ["html", /^<!doctype html>/],
    ["github", /^::error /],
  ])("take the place of the table without a file: --%s", async (format, start) => {
    const text = await written({ [format]: true });
    expect(text).toMatch(start);
    expect(text).not.toContain("accounts / prod\n");
  });

  it("are added to the job's summary where a workflow has one", async () => {
    process.env.GITHUB_STEP_SUMMARY = inFolder("summary.md");
    await written({ github: true });
    await written({ github: true });
    const summary = await readFile(inFolder("summary.md"), "utf8");
    expect([...summary.matchAll(/^## Zero Trust drift$/gm)]).toHaveLength(2);
  });

  it("are refused before the check where two would share standard output", async () => {
    await expect(checkFormats({ json: true, html: true, markdown: "a.md" })).rejects.toThrow(
      "Only one report fits on standard output: give a file to all but one of --json, --html.",
    );
  });

  it("are refused before the check where their folder is not there, or their file is one", async () => {
    await expect(checkFormats({ html: inFolder("none/a.html") })).rejects.toThrow(
      `--html ${inFolder("none/a.html")}: there is no folder ${inFolder("none")}.`,
    );
    await expect(checkFormats({ json: folder })).rejects.toThrow("this is a folder, not a file.");
  });

  it("that can't be written after all are told, once the table is out", async () => {
    await expect(written({ json: inFolder("none/a.json") })).rejects.toThrow(
      "a.json can't be written (ENOENT).",
    );
  });
});

describe("the drift command line", () => {
  it.each([
    [["--json", "--html"], "Only one report fits on standard output"],
    [["--all-stacks", "--stack", "prod"], "cannot be used with option '--stack"],
    [["--concurrency", "0"], "It must be a whole number above 0."],
    [["--concurrency", "many"], "It must be a whole number above 0."],
    [["--nonsense"], "unknown option '--nonsense'"],
  ])("that can't be is refused with exit code 2: %j", async (args, message) => {
    const { exitCode, stdout, stderr } = await runCommand(["drift", ...args]);
    expect(exitCode).toBe(2);
    expect(stdout + stderr).toContain(message);
  });

  it("that asks for JSON in a file is refused in words: standard output belongs to the table", async () => {
    for (const args of [["--json", "none/a.json"], ["--json=none/a.json"]]) {
      const { exitCode, stdout, stderr } = await runCommand(["drift", ...args]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
      expect(stderr).toMatch(/^--json none\/a\.json: there is no folder /);
    }
  });

  it("that prints JSON is refused in JSON", async () => {
    const { stdout, stderr } = await runCommand(["drift", "--json", "--html"]);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({
      error: expect.stringMatching(/^Only one/) as string,
    });
  });
});
