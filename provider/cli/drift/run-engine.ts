import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { messageOf, Trouble } from "../trouble.js";

type OnEvent = (event: EngineEvent) => void;

/**
 * Runs a command of the engine.
 *
 * @throws Trouble with what the engine reported as errors: the CLI's whole output is pages long.
 */
export async function runEngine<T>(
  command: (onEvent: OnEvent) => Promise<T>,
  hear: OnEvent = () => undefined,
): Promise<T> {
  const errors = new Set<string>();
  try {
    return await command((event) => {
      const { diagnosticEvent } = event;
      if (diagnosticEvent?.severity === "error") errors.add(diagnosticEvent.message.trim());
      hear(event);
    });
  } catch (error) {
    throw new Trouble([...errors].join("\n") || reasonOf(error));
  }
}

/**
 * What a person can use of an error that came from the CLI or the SDK: they show each other's whole
 * output, twice.
 */
export function reasonOf(error: unknown): string {
  const text = messageOf(error);
  if (error instanceof Trouble) return text;
  const reasons = [...text.matchAll(/^\s*(?:stderr: )?error: (.*)$/gm)].map(([, reason]) => reason);
  return [...new Set(reasons)].join("\n") || (text.split("\n", 1)[0] ?? text);
}
