import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { terminal } from "../../provider/cli/terminal.js";
import { VERSION } from "../../provider/cloudflare/version.js";
import { runCommand, temporaryFolder } from "./run-command.js";

const COMMANDS = ["doctor", "import", "migrate", "drift"];

describe("help", () => {
  it.each(COMMANDS)("of %s has examples and exit codes", async (name) => {
    const run = await runCommand([name, "--help"]);
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    expect(run.stdout).toContain(`Usage: pulumi-cloudflare-zero-trust ${name}`);
    expect(run.stdout).toMatch(
      new RegExp(`Examples:\n(.*\n)*.*pulumi-cloudflare-zero-trust ${name}`),
    );
    expect(run.stdout).toMatch(/Exit codes?: 0/);
  });

  it("lists all commands", async () => {
    const [, list = ""] = (await runCommand(["--help"])).stdout.split("Commands:\n");
    const names = list.split("\n\n")[0]?.match(/^ {2}\w+/gm);
    expect(names?.map((name) => name.trim())).toEqual([...COMMANDS, "emulator", "help"]);
  });

  it.each([
    ["import", "--accounts <file>"],
    ["emulator", "--personality <name>"],
  ])("of %s lists %s, also if `help` prints it", async (name, option) => {
    const help = await runCommand([name, "--help"]);
    expect(help.stdout).toContain(option);
    expect(await runCommand(["help", name])).toEqual(help);
  });

  it("without a command prints the general help", async () => {
    expect(await runCommand(["help"])).toEqual(await runCommand(["--help"]));
  });

  it.each([
    ["general help", []],
    ["help of drift", ["drift"]],
  ])("wraps the %s at words on a terminal with 60 columns", async (_, args) => {
    const { stdout } = await runCommand([...args, "--help"], { columns: 60 });
    const [text = "", examples = ""] = stdout.split("Examples:\n");
    expect(text.split("\n").filter((line) => line.length > 60)).toEqual([]);
    const wide = (await runCommand([...args, "--help"])).stdout;
    const words = (help: string) => help.trim().split(/\s+/);
    expect(words(text)).toEqual(words(wide.split("Examples:\n")[0] ?? ""));
    expect(wide).toContain(examples);
  });
});

describe("the command line", () => {
  it("prints the version", async () => {
    expect(await runCommand(["--version"])).toMatchObject({ exitCode: 0, stdout: `${VERSION}\n` });
  });

  it.each([
    ["an unknown command", ["imprt"], "error: unknown command 'imprt'\n(Did you mean import?)\n"],
    ["help for an unknown command", ["help", "nope"], "error: unknown command 'nope'\n"],
    [
      "an unknown option",
      ["doctor", "--acount-id", "x"],
      "error: unknown option '--acount-id'\n(Did you mean --account-id?)\n",
    ],
    [
      "an option without its value",
      ["import", "--out"],
      "error: option '--out <directory>' argument missing\n",
    ],
    [
      "a blank name of a stack",
      ["drift", "--stack", "", "--yes"],
      "error: option '--stack <name...>' argument '' is invalid. It must not be blank.\n",
    ],
    [
      "an option instead of the name of a stack",
      ["drift", "--stack", "prod", "--stack", "--json"],
      "error: option '--stack <name...>' argument '--json' is invalid. A name is missing before it.\n",
    ],
    [
      "a blank name of a folder",
      ["drift", "--dir", "a", " "],
      "error: option '--dir <directory...>' argument ' ' is invalid. It must not be blank.\n",
    ],
  ])("rejects %s with exit code 2", async (_what, args, message) => {
    const run = await runCommand(args);
    expect(run).toMatchObject({ exitCode: 2, stdout: "" });
    expect(run.stderr).toBe(`${message}Run with --help for usage.\n`);
  });

  it("rejects an invalid option of the emulator with exit code 2", async () => {
    expect(await runCommand(["emulator", "--port", "eighty"])).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: '--port must be a whole number up to 65535; it is "eighty".\n',
    });
  });

  it("prints the usage and exits with 2 without arguments", async () => {
    const run = await runCommand([]);
    expect(run).toMatchObject({ exitCode: 2, stdout: "" });
    expect(run.stderr).toContain("Usage: pulumi-cloudflare-zero-trust");
  });

  it("wraps messages at words on a terminal, and keeps commands in backticks whole", async () => {
    const { stderr } = await runCommand(["migrate", "--from", "/dev/null"], { columns: 60 });
    expect(stderr).toBe(
      "/dev/null is empty. Use the output of `pulumi stack export`,\n`terraform show -json` or `tofu show -json`.\n",
    );
  });
});

describe("next steps", () => {
  it("are wrapped at words on a terminal, except for the commands", async () => {
    const { folder, remove } = await temporaryFolder();
    const state = path.join(__dirname, "migrate/states/terraform.json");
    const args = ["migrate", "--from", state, "--out", folder];
    const { stdout } = await runCommand(args, { columns: 60 });
    await remove();
    const steps = stdout.slice(stdout.indexOf("Next steps:")).split("\n");
    const texts = steps.filter((line) => !/^ {7}/.test(stripVTControlCharacters(line)));
    expect(texts.filter((line) => line.length > 60)).toEqual([]);
    expect(texts).toContain("  4. In Terraform's directory, remove the old resources from");
    expect(texts).toContain("     the configuration and the state, which sends no request");
  });
});

describe("color", () => {
  const before = { ...process.env };
  beforeEach(() => {
    for (const name of ["NO_COLOR", "FORCE_COLOR"]) Reflect.deleteProperty(process.env, name);
    process.env.TERM = "xterm";
  });
  afterEach(() => (process.env = before));

  const COLORED = "\u001B[32m✓\u001B[39m";

  it.each<[string, boolean, NodeJS.ProcessEnv, string]>([
    ["used on a terminal", true, {}, COLORED],
    ["not used in a file or pipe", false, {}, "✓"],
    ["not used with NO_COLOR", true, { NO_COLOR: "1" }, "✓"],
    ["not used on a dumb terminal", true, { TERM: "dumb" }, "✓"],
    ["used in a pipe with FORCE_COLOR=1", false, { FORCE_COLOR: "1" }, COLORED],
    [
      "used with FORCE_COLOR=1 despite NO_COLOR",
      true,
      { FORCE_COLOR: "1", NO_COLOR: "1" },
      COLORED,
    ],
    ["not used on a terminal with FORCE_COLOR=0", true, { FORCE_COLOR: "0" }, "✓"],
  ])("is %s", (_what, isTTY, env, mark) => {
    Object.assign(process.env, env);
    const stream = { isTTY, write: () => true };
    expect(terminal(stream, stream).colors.green("✓")).toBe(mark);
  });

  it("is used for the result of a check", async () => {
    // The first check of doctor is the version of Node.js, which is supported here.
    const { stdout } = await runCommand(["doctor"], { columns: 100 });
    expect(stdout.startsWith(`${COLORED} Node.js`)).toBe(true);
  });
});
