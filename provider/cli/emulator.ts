import { Command } from "commander";
import type { Terminal } from "./terminal.js";
import { messageOf, UsageError } from "./errors.js";
import { onSignals } from "./signals.js";

/** The emulator parses its own options. Its code is loaded only by this command. */
export function emulatorCommand(terminal: Terminal): Command {
  return new Command("emulator")
    .description("Run a local emulator of Cloudflare's Access API, without an account")
    .argument("[options...]")
    .allowUnknownOption()
    .action(async (options: string[]) => run(options, terminal));
}

async function run(options: readonly string[], { print }: Terminal): Promise<void> {
  const { parseCommand, startFromCommand, USAGE } = await import("../../emulator/command.js");
  const command = withUsageError(() => parseCommand(options));
  if (command.help) {
    print(USAGE);
    return;
  }
  const emulator = await startFromCommand(command, print);
  await firstSignal();
  await emulator.close();
}

function withUsageError<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

/** Resolves after the first signal. A second one ends the process at once. */
async function firstSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    const stopListening = onSignals(() => {
      stopListening();
      resolve();
    });
  });
}
