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

/** Other people's commands, whose options only they know. */
const OTHERS = ["cd", "curl", "export", "git", "kubectl", "mkdir", "terraform"];

it("shows only commands that a test knows", () => {
  const known = ["node", "npm", "npx", "pulumi", ...OTHERS];
  expect(commands.filter(({ program }) => !known.includes(program))).toEqual([]);
});

it("shows only scripts that a package.json beside the page, or above, has", () => {
  const run = commands.filter(({ program, args }) => program === "npm" && args[0] === "run");
  expect(run.length).toBeGreaterThan(3);
  for (const { page, args } of run)
    expect({ page, scripts: scriptsFor(page) }).toEqual({
      page,
      scripts: expect.arrayContaining([args[1]]) as unknown,
    });
});

/** Those of the repository, and of an example on the example's own page. */
function scriptsFor(page: string): string[] {
  const file = path.join(REPOSITORY, path.dirname(page), "package.json");
  const own = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Manifest) : {};
  return [...Object.keys(scripts), ...Object.keys(own.scripts ?? {})];
}

it("runs only programs that are there", () => {
  const files = commands
    .filter(({ program }) => program === "node")
    .map(({ page, args }) => path.join(path.dirname(page), args[0] ?? ""));
  expect(files.filter((file) => !existsSync(path.join(REPOSITORY, file)))).toEqual([]);
});

it("runs only tests that are there", () => {
  const files = commands
    .filter(({ program, args }) => program === "npm" && (args[1] ?? "").startsWith("test:"))
    .flatMap(({ args }) => args.slice(2));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !existsSync(path.join(REPOSITORY, file)))).toEqual([]);
});

it("has all install what the quickstart is tried with, its compiler included", () => {
  const installed = commands
    .filter(({ program, args }) => program === "npm" && args.includes(OWN))
    .map(({ args }) => [...args].sort().join(" "));
  expect(installed.length).toBeGreaterThan(1);
  expect(new Set(installed).size).toBe(1);
});

it("shows only options that this package's command has", async () => {
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
