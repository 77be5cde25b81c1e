import { SingleBar } from "cli-progress";

/** Shows that a check of many stacks lives: a bar on a terminal, a line for each stack elsewhere. */
export interface Progress {
  begin(name: string): void;
  end(name: string, status: string): void;
  stop(): void;
}

export function showProgress(total: number, output = process.stderr): Progress {
  if (!output.isTTY)
    return {
      begin: () => undefined,
      end: (name, status) => void output.write(`${name}: ${status}\n`),
      stop: () => undefined,
    };
  const running = new Set<string>();
  const bar = new SingleBar({
    format: "  {bar} {value}/{total} stacks  {names}",
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    stream: output,
  });
  const names = () => ({ names: [...running].slice(0, 3).join(", ") });
  bar.start(total, 0, names());
  return {
    begin(name) {
      running.add(name);
      bar.update(names());
    },
    end(name) {
      running.delete(name);
      bar.increment(names());
    },
    stop: () => bar.stop(),
  };
}
