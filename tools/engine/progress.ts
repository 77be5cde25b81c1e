import type { Output } from "./options.js";

export interface Progress {
  /** Replaces what is said after the elapsed time. */
  readonly detail: (text: string) => void;
  readonly end: () => void;
}

const ON_TERMINAL = 1_000;
const IN_LOG = 30_000;
const ERASE_LINE = "\r\u001B[2K";

/**
 * Shows that a long task lives: one line that renews itself on a terminal, a plain line now and
 * then in a log.
 */
export function showProgress(output: Output, title: string): Progress {
  const started = Date.now();
  let detail = "";
  const line = () => `  ${title}: ${formatElapsed(Date.now() - started)}${detail && ", "}${detail}`;
  const tick = () => output.write(output.isTTY ? `${ERASE_LINE}${line()}` : `${line()}\n`);

  if (output.isTTY) tick();
  const timer = setInterval(tick, output.isTTY ? ON_TERMINAL : IN_LOG);
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
