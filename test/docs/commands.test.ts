import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { scripts } from "../../package.json";
import { runCommand } from "../cli/run-command.js";
import { commandsIn } from "./commands.js";
import { blocksOf, pages, REPOSITORY } from "./pages.js";

const commands = pages().flatMap(blocksOf).flatMap(commandsIn);
const OWN = "pulumi-cloudflare-zero-trust";

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
}

/** Commands of other projects, whose options are not checked. */
const OTHERS = ["cd", "curl", "export", "git", "kubectl", "mkdir", "terraform", "tofu"];

it("shows only commands that these tests check", () => {
  const known = ["node", "npm", "npx", "pulumi", ...OTHERS];
  expect(commands.filter(({ program }) => !known.includes(program))).toEqual([]);
});

it("shows only npm scripts that the package.json of the page or of the repository has", () => {
  const run = commands.filter(({ program, args }) => program === "npm" && args[0] === "run");
  expect(run.length).toBeGreaterThan(3);
  for (const { page, args } of run)
    expect({ page, scripts: scriptsFor(page) }).toEqual({
      page,
      scripts: expect.arrayContaining([args[1]]) as unknown,
    });
});

/** Returns the scripts of the repository, and on an example's page also those of the example. */
function scriptsFor(page: string): string[] {
  const file = path.join(REPOSITORY, path.dirname(page), "package.json");
  const own = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Manifest) : {};
  return [...Object.keys(scripts), ...Object.keys(own.scripts ?? {})];
}

it("runs only program files that exist", () => {
  const files = commands
    .filter(({ program }) => program === "node")
    .map(({ page, args }) => path.join(path.dirname(page), args[0] ?? ""));
  expect(files.filter((file) => !existsSync(path.join(REPOSITORY, file)))).toEqual([]);
});

it("runs only tests that exist", () => {
  const files = commands
    .filter(({ program, args }) => program === "npm" && (args[1] ?? "").startsWith("test:"))
    .flatMap(({ args }) => args.slice(2));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !existsSync(path.join(REPOSITORY, file)))).toEqual([]);
});

it("installs the same packages on every page", () => {
  const installed = commands
    .filter(({ program, args }) => program === "npm" && args.includes(OWN))
    .map(({ args }) => [...args].sort().join(" "));
  expect(installed.length).toBeGreaterThan(1);
  expect(new Set(installed).size).toBe(1);
});

it("shows only options that the command of this package has", async () => {
  const own = commands.filter(({ program, args }) => program === "npx" && args[0] === OWN);
  expect(own.length).toBeGreaterThan(4);
  for (const { args, options } of own) {
    const command = String(args[1]);
    const { exitCode, stdout } = await runCommand([command, "--help"]);
    expect({ command, exitCode }).toEqual({ command, exitCode: 0 });
    expect({ command, there: options.filter((option) => stdout.includes(option)) }).toEqual({
      command,
      there: options,
    });
  }
});
