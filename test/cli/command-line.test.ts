import { VERSION } from "../../provider/cloudflare/version.js";
import { runCommand } from "./run-command.js";

describe("the command", () => {
  it.each([["import"], ["migrate"], ["doctor"], ["drift"]])(
    "explains %s, with examples",
    async (name) => {
      const run = await runCommand([name, "--help"]);
      expect(run).toMatchObject({ exitCode: 0, stderr: "" });
      expect(run.stdout).toContain(`Usage: pulumi-cloudflare-zero-trust ${name}`);
      expect(run.stdout).toMatch(
        new RegExp(`Examples:\n(.*\n)*.*pulumi-cloudflare-zero-trust ${name}`),
      );
      expect(run.stdout).toContain("Exit code: 0");
    },
  );

  it("names what there is", async () => {
    expect((await runCommand(["--help"])).stdout).toMatchInlineSnapshot(`
      "Usage: pulumi-cloudflare-zero-trust [options] [command]

      Cloudflare's Zero Trust organization and DoH settings under Pulumi

      Options:
        -V, --version          output the version number
        -h, --help             display help for command

      Commands:
        doctor [options]       check versions, credentials, and what they can read
        import [options]       write a program and an import file for what is live
        migrate [options]      write the same for what @pulumi/cloudflare or Terraform
                               manages by now
        drift [options]        find, report and remediate drift of one or many stacks
        emulator [options...]  run Cloudflare's Access API on this machine, to try the
                               package without an account
        help [command]         display help for command

      Credentials come from the environment: CLOUDFLARE_API_TOKEN, or CLOUDFLARE_API_KEY and
      CLOUDFLARE_EMAIL. No command writes anything to Cloudflare unless its help says so.

      Examples:
        pulumi-cloudflare-zero-trust doctor --account-id 0123456789abcdef0123456789abcdef
        pulumi-cloudflare-zero-trust import --account-id 0123456789abcdef0123456789abcdef
        pulumi stack export | pulumi-cloudflare-zero-trust migrate --from -
      "
    `);
  });

  it("knows its version", async () => {
    expect(await runCommand(["--version"])).toMatchObject({ exitCode: 0, stdout: `${VERSION}\n` });
  });

  it.each([
    ["an unknown command", ["imprt"], "error: unknown command 'imprt'\n(Did you mean import?)\n"],
    [
      "an unknown option",
      ["doctor", "--acount-id", "x"],
      "error: unknown option '--acount-id'\n(Did you mean --account-id?)\n",
    ],
    [
      "a value that is missing",
      ["import", "--out"],
      "error: option '--out <folder>' argument missing\n",
    ],
    [
      "a stack's name that is blank",
      ["drift", "--stack", "", "--repair", "--yes"],
      "error: option '--stack <name...>' argument '' is invalid. It must not be blank.\n",
    ],
    [
      "an option in place of a stack's name",
      ["drift", "--stack", "prod", "--stack", "--json"],
      "error: option '--stack <name...>' argument '--json' is invalid. A name is missing before it.\n",
    ],
    [
      "a folder's name that is blank",
      ["drift", "--dir", "a", " "],
      "error: option '--dir <directory...>' argument ' ' is invalid. It must not be blank.\n",
    ],
  ])("refuses %s by exit code 2", async (_what, args, message) => {
    const run = await runCommand(args);
    expect(run).toMatchObject({ exitCode: 2, stdout: "" });
    expect(run.stderr).toBe(`${message}(add --help for what there is)\n`);
  });

  it("shows how it is used where it is told nothing, by exit code 2", async () => {
    expect(await runCommand([])).toMatchObject({ exitCode: 2, stdout: "" });
  });
});

describe("colour", () => {
  const before = { ...process.env };
  beforeEach(() => {
    Reflect.deleteProperty(process.env, "NO_COLOR");
    process.env.TERM = "xterm";
  });
  afterEach(() => (process.env = before));

  // The first finding is that of Node's version, which is fine here.
  const coloured = "\u001B[32m✓\u001B[39m Node";

  it("is there on a terminal", async () => {
    expect((await runCommand(["doctor"], { isTTY: true })).stdout).toContain(coloured);
  });

  it("is not there elsewhere, nor where NO_COLOR asks for none", async () => {
    expect((await runCommand(["doctor"])).stdout).toMatch(/^✓ Node/);
    process.env.NO_COLOR = "1";
    expect((await runCommand(["doctor"], { isTTY: true })).stdout).toMatch(/^✓ Node/);
  });
});
