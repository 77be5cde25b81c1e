import { readFile } from "node:fs/promises";
import path from "node:path";
import { checkFormats, writeFormats } from "../../../provider/cli/drift/formats.js";
import { terminal } from "../../../provider/cli/terminal.js";
import { runCommand, temporaryFolder } from "../run-command.js";
import { sample } from "./reports.js";

describe("writeFormats", () => {
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

  async function written(
    options: Parameters<typeof writeFormats>[1],
    chunks: string[] = [],
  ): Promise<string> {
    const stream = { write: (text: unknown) => chunks.push(String(text)) > 0 };
    await writeFormats(sample(), options, terminal(stream, stream));
    return chunks.join("");
  }

  const inFolder = (name: string) => path.join(folder, name);

  it("writes each format to its file, and nothing to standard output", async () => {
    const files = {
      json: inFolder("a.json"),
      markdown: inFolder("a.md"),
      html: inFolder("a.html"),
      github: inFolder("a.txt"),
    };
    expect(await written(files)).toBe("");
    expect(JSON.parse(await readFile(files.json, "utf8"))).toEqual(sample());
    expect(await readFile(files.markdown, "utf8")).toMatch(/^## Zero Trust drift\n/);
    expect(await readFile(files.html, "utf8")).toMatch(/^<!doctype html>/);
    expect(await readFile(files.github, "utf8")).toMatch(/^::error /);
  });

  it("writes a format without a file to standard output", async () => {
    expect(await written({ html: true })).toMatch(/^<!doctype html>/);
  });

  it("appends to the job summary of a workflow", async () => {
    process.env.GITHUB_STEP_SUMMARY = inFolder("summary.md");
    await written({ github: true });
    await written({ github: true });
    const summary = await readFile(inFolder("summary.md"), "utf8");
    expect([...summary.matchAll(/^## Zero Trust drift$/gm)]).toHaveLength(2);
  });

  it("names the file if it cannot write one, and prints no other format", async () => {
    const chunks: string[] = [];
    const options = { json: true, html: inFolder("none/a.html") } as const;
    await expect(written(options, chunks)).rejects.toThrow(/^Cannot write .*a\.html \(ENOENT\)\.$/);
    expect(chunks).toEqual([]);
  });
});

describe("checkFormats", () => {
  it.each([
    [
      "two formats on standard output",
      { json: true, html: true, markdown: "a.md" },
      "Only one report can go to standard output. Add a file to all but one of --json, --html.",
    ],
    [
      "a file in a missing directory",
      { html: "/none/a.html" },
      "--html /none/a.html: the directory /none does not exist.",
    ],
    ["a directory", { json: "/" }, "--json / is a directory."],
  ] as const)("rejects %s", async (_, options, message) => {
    await expect(checkFormats(options)).rejects.toThrow(message);
  });
});

describe("the drift command", () => {
  it.each([
    [["--all-stacks", "--stack", "prod"], "cannot be used with option '--stack"],
    [["--concurrency", "0"], "It must be a whole number above 0."],
    [["--concurrency", "many"], "It must be a whole number above 0."],
    [["--yes"], "--yes confirms a remediation. Add --remediate, or remove --yes."],
    [["--since", "2026-01-01"], "--since limits the search of --who. Add --who"],
    [["--who", "--since", "2999-01-01"], "It must be a date in the past, such as 2026-11-01."],
    [["--who", "--since", "yesterday"], "It must be a date in the past, such as 2026-11-01."],
    [["--fail-on", "nothing"], "Allowed choices are drift, risk."],
  ])("exits with 2 for the options %j", async (args, message) => {
    const { exitCode, stdout, stderr } = await runCommand(["drift", ...args]);
    expect(exitCode).toBe(2);
    expect(stdout + stderr).toContain(message);
  });

  it.each([[["--json", "none/a.json"]], [["--json=none/a.json"]]])(
    "reports a usage error as text if JSON goes to a file: %j",
    async (args) => {
      const { exitCode, stdout, stderr } = await runCommand(["drift", ...args]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
      expect(stderr).toMatch(/^--json none\/a\.json: the directory .* does not exist\.$/m);
    },
  );

  it("reports a usage error as JSON if JSON goes to standard output", async () => {
    const { stdout, stderr } = await runCommand(["drift", "--json", "--html"]);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({
      error: expect.stringMatching(/^Only one/) as string,
    });
  });
});
