import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { commandsIn } from "../docs/commands.js";
import { blocksOf, page, pages, type Block } from "../docs/pages.js";
import { liveSettings } from "./accounts.js";
import { createProject, succeeded, type Project } from "./project.js";

jest.setTimeout(120_000);

const ACCOUNT = "0123456789abcdef0123456789abcdef";

/** The organization of the README's transcripts, before the first deployment. */
const LIVE = {
  name: "Widget Corp",
  auth_domain: "widget.cloudflareaccess.com",
  session_duration: "24h",
  warp_auth_session_duration: "36h",
  auto_redirect_to_identity: true,
  login_design: { header_text: "Welcome", footer_text: "Help desk: 555-0100" },
};

let emulator: Emulator;
let project: Project;

beforeAll(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
  project = await createProject(emulator, { ownProcess: true });
});

it("shows only commands and options that the Pulumi CLI has", async () => {
  const shown = pages()
    .flatMap(blocksOf)
    .flatMap(commandsIn)
    .filter(({ program }) => program === "pulumi");
  const optionsOf = new Map<string, Set<string>>();
  for (const { args, options } of shown) {
    const [command = "", second = ""] = args;
    const name = ["stack", "config", "state"].includes(command) ? `${command} ${second}` : command;
    optionsOf.set(name, new Set([...(optionsOf.get(name) ?? []), ...options]));
  }
  expect(optionsOf.size).toBeGreaterThan(4);
  for (const [name, options] of optionsOf) {
    const words = name.trim().split(" ");
    const help = await succeeded(project.pulumi(...words, "--help"));
    // The text above the flags contains the command's name or alias.
    const [usage = ""] = help.split("Flags:");
    const wanted = [`${words.at(-1)}`, ...options];
    const missing = wanted.filter((word) => !(word.startsWith("--") ? help : usage).includes(word));
    expect({ name, missing }).toEqual({ name, missing: [] });
  }
});

it("deploys the README's quickstart, and prints its transcripts", async () => {
  emulator.seed("accounts", ACCOUNT, LIVE);
  const [, quickstart = ""] = page("README.md").text.split("## Quickstart");
  const blocks = blocksOf({ name: "README.md", text: quickstart.split("\n## ")[0] ?? "" });
  await rm(path.join(project.folder, "index.js"));
  const files = await writeBlocks(blocks, project.folder);
  expect(files).toEqual(["Pulumi.yaml", "index.ts"]);

  const commands = blocks.flatMap(commandsIn).filter(({ program }) => program === "pulumi");
  const shown = commands.map(({ args }) => args.join(" "));
  expect(shown).toEqual(["stack init dev", "up"]);
  await succeeded(project.pulumi("stack", "init", "dev"));
  expect(await succeeded(project.preview())).toEqual(transcript("README.md", "preview"));
  await succeeded(project.up());
  expect(liveSettings(emulator, ACCOUNT)).toMatchObject({
    session_duration: "12h",
    deny_unmatched_requests: true,
    login_design: { background_color: "#112233", header_text: "Widget Corp" },
  });

  emulator.edit("accounts", ACCOUNT, { deny_unmatched_requests: false });
  const drift = await project.drift();
  expect(drift.exitCode).toBe(7);
  expect(drift.output).toEqual(transcript("README.md", "drift"));
});

it("prints the transcript of docs/what-a-deployment-writes.md", async () => {
  // The project is the one of the README's quickstart, which the test before has deployed and edited.
  const program = path.join(project.folder, "index.ts");
  const source = await readFile(program, "utf8");
  await writeFile(program, source.replace('"Widget Corp"', '"Widgets"'));
  const output = await succeeded(project.pulumi("up", "--refresh=false", "--diff", "--yes"));
  expect(output).toEqual(transcript("docs/what-a-deployment-writes.md", "update"));
  expect(liveSettings(emulator, ACCOUNT)).not.toHaveProperty("deny_unmatched_requests");
  expect(liveSettings(emulator, ACCOUNT)).toMatchObject({
    login_design: { header_text: "Widgets" },
  });
});

/** Matches output that contains the lines of a page's transcript in order; "…" stands for any text. */
function transcript(name: string, file: string): unknown {
  const block = blocksOf(page(name)).find((one) => one.file === file);
  const [command = "", ...lines] = (block?.code ?? "").trimEnd().split("\n");
  expect(command).toMatch(/^\$ pulumi /);
  const escaped = lines.map((line) =>
    line
      .trim()
      .split("…")
      .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ +/g, "\\s+"))
      .join(".*"),
  );
  return expect.stringMatching(new RegExp(escaped.join("[^]*?")));
}

it("runs the tests that docs/testing.md shows", async () => {
  const folder = path.join(project.folder, "testing");
  await mkdir(folder);
  const files = await writeBlocks(blocksOf(page("docs/testing.md")), folder);
  const tests = files.filter((file) => file.endsWith(".test.ts"));
  expect(tests.length).toBeGreaterThan(1);
  const { stdout } = await execa(
    process.execPath,
    ["--import", "tsx", "--test", "--test-reporter=tap", ...tests],
    { cwd: folder, env: { NODE_OPTIONS: "" } },
  );
  expect(stdout).toContain(`# pass ${tests.length}`);
  expect(stdout).toContain("# fail 0");
});

/** Writes the blocks that have a file name, and returns the names. */
async function writeBlocks(blocks: readonly Block[], folder: string): Promise<string[]> {
  const named = blocks.flatMap(({ file, code }) => (file === undefined ? [] : [{ file, code }]));
  for (const { file, code } of named) await writeFile(path.join(folder, file), code);
  return named.map(({ file }) => file);
}
