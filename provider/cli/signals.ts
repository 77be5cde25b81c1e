/** The signals by which a person at a terminal, or a CI system, asks a process to end. */
const SIGNALS = ["SIGINT", "SIGTERM"] as const;
export type EndSignal = (typeof SIGNALS)[number];

/** Calls the listener for each of these signals, which then no longer end the process. Returns how to unsubscribe. */
export function onSignals(listener: (signal: EndSignal) => void): () => void {
  for (const signal of SIGNALS) process.on(signal, listener);
  return () => {
    for (const signal of SIGNALS) process.off(signal, listener);
  };
}

/** Ends the process by a signal that has no listener any more, so that the parent process sees the reason. */
export async function exitBySignal(signal: EndSignal): Promise<never> {
  process.kill(process.pid, signal);
  return new Promise<never>(() => undefined);
}
