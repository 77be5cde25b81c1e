import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { messageOf, CommandError } from "../errors.js";

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
      const error = reportedAs("error", event);
      if (error !== undefined) errors.add(error);
      hear(event);
    });
  } catch (error) {
    throw new CommandError([...errors].join("\n") || reasonOf(error));
  }
}

/** What an event reports in that severity, if anything. */
export function reportedAs(
  severity: "error" | "warning",
  { diagnosticEvent }: EngineEvent,
): string | undefined {
  return diagnosticEvent?.severity === severity ? diagnosticEvent.message.trim() : undefined;
}

/**
 * What a person can use of an error that came from the CLI or the SDK: they show each other's whole
 * output, twice.
 */
export function reasonOf(error: unknown): string {
  const text = messageOf(error);
  if (error instanceof CommandError) return text;
  const reasons = [...text.matchAll(/^\s*(?:stderr: )?error: (.*)$/gm)].map(([, reason]) => reason);
  return [...new Set(reasons)].join("\n") || (text.split("\n", 1)[0] ?? text);
}
