/** How a person at a terminal, or a CI system, asks a process to end. */
const SIGNALS = ["SIGINT", "SIGTERM"] as const;
export type EndSignal = (typeof SIGNALS)[number];

/** Hears these signals, which then no longer end the process. Answers how to leave off. */
export function hearSignals(hear: (signal: EndSignal) => void): () => void {
  for (const signal of SIGNALS) process.on(signal, hear);
  return () => {
    for (const signal of SIGNALS) process.off(signal, hear);
  };
}

/** Ends the process by a signal that nobody hears any more, so that who started it sees why. */
export async function endBy(signal: EndSignal): Promise<never> {
  process.kill(process.pid, signal);
  return new Promise<never>(() => undefined);
}
