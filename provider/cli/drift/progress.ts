import { MultiBar } from "cli-progress";
import type { Stream } from "../terminal.js";

/** Shows that a check of many stacks lives: a line for each stack, and a bar where there is a terminal. */
export interface Progress {
  begin(name: string): void;
  /** @param line What came of it. */
  end(name: string, line: string): void;
  stop(): void;
}

export function showProgress(total: number, output: Stream): Progress {
  if (output.isTTY !== true)
    return {
      begin: () => undefined,
      end: (_, line) => void output.write(`${line}\n`),
      stop: () => undefined,
    };
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
    end(name, line) {
      running.delete(name);
      bars.log(`${line}\n`);
      bar.increment(names());
    },
    stop() {
      bars.update(); // The last lines wait for it.
      bars.stop();
    },
  };
}
