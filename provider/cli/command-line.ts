import { Command, CommanderError } from "commander";
import { VERSION } from "../cloudflare/version.js";
import { doctorCommand } from "./doctor/command.js";
import { driftCommand } from "./drift/command.js";
import { emulatorCommand } from "./emulator.js";
import { helpWidth, withHelpText } from "./help.js";
import { importCommand } from "./import/command.js";
import { migrateCommand } from "./migrate/command.js";
import type { Terminal } from "./terminal.js";
import { messageOf, UsageError } from "./errors.js";

const FAILURE = 1;
const USAGE_ERROR = 2;

/** Runs a command line and returns the exit code. Never throws, never ends the process. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = commandLine(terminal, (code) => (exitCode = code));
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    // Commander throws after help and version, too, and has printed its own errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_ERROR;
    const message = messageOf(error);
    if (isJson(program, args)) terminal.print(JSON.stringify({ error: message }));
    else terminal.log(message);
    return error instanceof UsageError ? USAGE_ERROR : FAILURE;
  }
}

/** Whether standard output is for JSON. `drift --json report.json` writes to a file instead. */
function isJson(program: Command, [name]: readonly string[]): boolean {
  const command = program.commands.find((command) => command.name() === name);
  return command?.getOptionValue("json") === true;
}

function commandLine(terminal: Terminal, exit: (code: number) => void): Command {
  const { stdout, stderr } = terminal;
  const program = new Command("pulumi-cloudflare-zero-trust")
    .description("Manage Cloudflare's Zero Trust organization and DoH settings with Pulumi")
    .version(VERSION, "-V, --version", "Print the version")
    .helpOption("-h, --help", "Print help for a command")
    .helpCommand(false)
    .showHelpAfterError("Run with --help for usage.")
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      getOutHelpWidth: () => helpWidth(stdout),
      getErrHelpWidth: () => helpWidth(stderr),
    })
    .configureHelp({ minWidthToWrap: 20 })
    .exitOverride();
  const commands = [
    doctorCommand(terminal, exit),
    importCommand(terminal, exit),
    migrateCommand(terminal, exit),
    driftCommand(terminal, exit),
  ];
  for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
  // It parses all of its options itself.
  const emulator = emulatorCommand(terminal).copyInheritedSettings(program).helpOption(false);
  const help = helpCommand(program, terminal, exit).copyInheritedSettings(program);
  return withHelpText(program.addCommand(emulator).addCommand(help), terminal, HELP);
}

/** Commander's own `help` command prints the general help for an unknown command. */
function helpCommand(program: Command, terminal: Terminal, exit: (code: number) => void): Command {
  return new Command("help")
    .description("Print help for a command")
    .argument("[command]")
    .action(async (name: string | undefined) => {
      const isKnown = program.commands.some((command) => command.name() === name);
      const args = [...(name === undefined ? [] : [name]), ...(isKnown || !name ? ["--help"] : [])];
      exit(await run(args, terminal));
    });
}

const HELP = {
  paragraphs: [
    "`doctor` and `import` read credentials from the environment: CLOUDFLARE_API_TOKEN, or CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL. `drift` uses those of each stack. Only `drift --remediate` writes to Cloudflare.",
  ],
  examples: [
    "pulumi-cloudflare-zero-trust doctor --account-id 0123456789abcdef0123456789abcdef",
    "pulumi-cloudflare-zero-trust import --account-id 0123456789abcdef0123456789abcdef",
    "pulumi stack export | pulumi-cloudflare-zero-trust migrate --from -",
  ],
};
