import { z } from "zod";
import { parseCommand, startFromCommand, USAGE } from "./command.js";

/** `npm run emulator`: runs until a signal ends it. */
async function main(): Promise<void> {
  const command = parseCommand(process.argv.slice(2));
  if (command.help) {
    console.log(USAGE);
    return;
  }
  const emulator = await startFromCommand(command, (line) => console.log(line));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void emulator.close());
  }
}

main().catch((error: unknown) => {
  const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
  console.error(reason);
  process.exitCode = 2;
});
