import { Command } from "commander";
import type { Terminal } from "./terminal.js";
import { messageOf, UsageError } from "./errors.js";

/** The emulator reads its own options: they, and what they need, are loaded only where it is asked for. */
export function emulatorCommand(terminal: Terminal): Command {
  return new Command("emulator")
    .description(
      "run Cloudflare's Access API on this machine, to try the package without an account",
    )
    .argument("[options...]")
    .allowUnknownOption()
    .addHelpText("after", "\nIts options: pulumi-cloudflare-zero-trust emulator --help")
    .action(async (options: string[]) => run(options, terminal));
}

async function run(options: readonly string[], { print }: Terminal): Promise<void> {
  const { parseCommand, startFromCommand, USAGE } = await import("../../emulator/command.js");
  const command = misuseWhere(() => parseCommand(options));
  if (command.help) {
    print(USAGE);
    return;
  }
  const emulator = await startFromCommand(command, print);
  await interruption();
  await emulator.close();
}

function misuseWhere<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

/** Ends with the first signal; a second one ends the process at once, as if nobody had waited. */
async function interruption(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
