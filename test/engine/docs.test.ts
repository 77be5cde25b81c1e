import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { commandsIn } from "../docs/commands.js";
import { blocksOf, page, pages, type Block } from "../docs/pages.js";
import { liveSettings } from "./accounts.js";
import { createProject, succeeded, type Project } from "./project.js";

jest.setTimeout(120_000);

const ACCOUNT = "0123456789abcdef0123456789abcdef";

let emulator: Emulator;
let project: Project;

beforeAll(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
  project = await createProject(emulator, { ownProcess: true });
});
afterAll(async () => {
  await project.remove();
  await emulator.close();
});

it("shows only commands and options that Pulumi has", async () => {
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
    // What is above the flags names the command, by this name or as its alias.
    const [usage = ""] = help.split("Flags:");
    const wanted = [`${words.at(-1)}`, ...options];
    const missing = wanted.filter((word) => !(word.startsWith("--") ? help : usage).includes(word));
    expect({ name, missing }).toEqual({ name, missing: [] });
  }
});

it("deploys the README's quickstart, file by file and command by command", async () => {
  const [, quickstart = ""] = page("README.md").text.split("## Quickstart");
  const blocks = blocksOf({ name: "README.md", text: quickstart.split("\n## ")[0] ?? "" });
  await rm(path.join(project.folder, "index.js"));
  const files = await writeBlocks(blocks, project.folder);
  expect(files).toEqual(["Pulumi.yaml", "index.ts"]);

  const commands = blocks.flatMap(commandsIn).filter(({ program }) => program === "pulumi");
  expect(commands.length).toBeGreaterThan(1);
  const said: string[] = [];
  for (const { args } of commands)
    said.push(await succeeded(project.pulumi(...args, ...(args[0] === "up" ? ["--yes"] : []))));

  expect(said.join("\n")).toContain("adopts the live Zero Trust organization");
  expect(liveSettings(emulator, ACCOUNT)).toMatchObject({
    session_duration: "12h",
    deny_unmatched_requests: true,
    login_design: { background_color: "#112233", header_text: "Widget Corp" },
  });
});

it("runs the tests that the page on testing shows", async () => {
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

/** Writes the blocks that have the name of a file, and answers the names. */
async function writeBlocks(blocks: readonly Block[], folder: string): Promise<string[]> {
  const named = blocks.flatMap(({ file, code }) => (file === undefined ? [] : [{ file, code }]));
  for (const { file, code } of named) await writeFile(path.join(folder, file), code);
  return named.map(({ file }) => file);
}
