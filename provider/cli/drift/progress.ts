import { MultiBar } from "cli-progress";
import type { Stream } from "../terminal.js";

/** Shows the progress of a check of many stacks: a line for each stack, and a bar on a terminal. */
export interface Progress {
  begin(name: string): void;
  /** Prints a line while stacks are being checked. */
  readonly log: (line: string) => void;
  /** @param line The result of the check. */
  end(name: string, line: string): void;
  stop(): void;
}

export function showProgress(total: number, output: Stream): Progress {
  if (output.isTTY !== true) {
    const log = (line: string) => void output.write(`${line}\n`);
    return {
      begin: () => undefined,
      log,
      end: (_, line) => log(line),
      stop: () => undefined,
    };
  }
  const running = new Set<string>();
  const names = () => ({ names: [...running].slice(0, 3).join(", ") });
  const bars = new MultiBar({
    format: "  {bar} {value} of {total} stacks  {names}",
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    stream: output as NodeJS.WriteStream,
  });
  const bar = bars.create(total, 0, names());
  return {
    begin(name) {
      running.add(name);
      bar.update(names());
    },
    log(line) {
      bars.log(`${line}\n`);
    },
    end(name, line) {
      running.delete(name);
      bars.log(`${line}\n`);
      bar.increment(names());
    },
    stop() {
      bars.update(); // Prints the lines that are still buffered.
      bars.stop();
    },
  };
}
