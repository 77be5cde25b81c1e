import type { Output } from "./options.js";

export interface Progress {
  /** Replaces the text after the elapsed time. */
  readonly detail: (text: string) => void;
  readonly end: () => void;
}

const ERASE_LINE = "\r\u001B[2K";

/** Shows the progress of a long task: a line that updates each second on a terminal, a new line every 30 s in a log. */
export function showProgress(output: Output, title: string): Progress {
  const startedAt = Date.now();
  let detail = "";
  const line = () =>
    `  ${title}: ${formatElapsed(Date.now() - startedAt)}${detail && ", "}${detail}`;
  const tick = () => output.write(output.isTTY ? `${ERASE_LINE}${line()}` : `${line()}\n`);

  if (output.isTTY) tick();
  const timer = setInterval(tick, output.isTTY ? 1_000 : 30_000);
  return {
    detail: (text) => (detail = text),
    end: () => {
      clearInterval(timer);
      output.write(`${output.isTTY ? ERASE_LINE : ""}${line()}\n`);
    },
  };
}

/** 65,000 → "1m 05s". */
export function formatElapsed(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000);
  const rest = String(seconds % 60).padStart(2, "0");
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m ${rest}s`;
}
