import { Command, CommanderError } from "commander";
import { VERSION } from "../cloudflare/version.js";
import { doctorCommand } from "./doctor/command.js";
import { driftCommand } from "./drift/command.js";
import { emulatorCommand } from "./emulator.js";
import { importCommand } from "./import/command.js";
import { migrateCommand } from "./migrate/command.js";
import type { Terminal } from "./terminal.js";
import { messageOf, UsageError } from "./errors.js";

const TROUBLE = 1;
const MISUSE = 2;

/** Runs a command line, and answers the exit code. Never throws, never ends the process. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = commandLine(terminal, (code) => (exitCode = code));
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    // Help and version end this way too; commander has shown what there is to show.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : MISUSE;
    const message = messageOf(error);
    if (printsJson(program, args)) terminal.print(JSON.stringify({ error: message }));
    else terminal.log(message);
    return error instanceof UsageError ? MISUSE : TROUBLE;
  }
}

/** Whether JSON was asked for on standard output: some commands take a file to write it to. */
function printsJson(program: Command, [name]: readonly string[]): boolean {
  const command = program.commands.find((one) => one.name() === name);
  return command?.getOptionValue("json") === true;
}

function commandLine(terminal: Terminal, exit: (code: number) => void): Command {
  const program = new Command("pulumi-cloudflare-zero-trust")
    .description("Cloudflare's Zero Trust organization and DoH settings under Pulumi")
    .version(VERSION)
    .showHelpAfterError("(add --help for what there is)")
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
    })
    .exitOverride()
    .addHelpText("after", HELP);
  const commands = [
    doctorCommand(terminal, exit),
    importCommand(terminal, exit),
    migrateCommand(terminal, exit),
    driftCommand(terminal, exit),
  ];
  for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
  // It reads all of its options itself.
  const emulator = emulatorCommand(terminal).copyInheritedSettings(program).helpOption(false);
  return program.addCommand(emulator);
}

const HELP = `
Credentials come from the environment: CLOUDFLARE_API_TOKEN, or CLOUDFLARE_API_KEY and
CLOUDFLARE_EMAIL. No command writes anything to Cloudflare unless its help says so.

Examples:
  pulumi-cloudflare-zero-trust doctor --account-id 0123456789abcdef0123456789abcdef
  pulumi-cloudflare-zero-trust import --account-id 0123456789abcdef0123456789abcdef
  pulumi stack export | pulumi-cloudflare-zero-trust migrate --from -`;
