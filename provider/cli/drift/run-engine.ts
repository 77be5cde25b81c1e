import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { messageOf, CommandError } from "../errors.js";
import { RESOURCE_TYPES } from "../../registry.js";

type OnEvent = (event: EngineEvent) => void;

/**
 * Runs an operation of the engine.
 *
 * @throws CommandError with the errors that the engine reported. The CLI's whole output has pages.
 */
export async function runEngine<T>(
  operation: (onEvent: OnEvent) => Promise<T>,
  listen: OnEvent = () => undefined,
): Promise<T> {
  const errors = new Set<string>();
  try {
    return await operation((event) => {
      const { severity, message = "" } = event.diagnosticEvent ?? {};
      if (severity === "error" && !SUMMARY.test(message)) errors.add(message.trim());
      listen(event);
    });
  } catch (error) {
    throw new CommandError([...errors].join("\n") || reasonOf(error));
  }
}

/** The engine's last error, which repeats that there were errors. */
const SUMMARY = /^\s*(?:preview|update) failed\s*$/;

/** An information or a warning of this package's provider. */
export interface ProviderMessage {
  readonly severity: "info" | "warning";
  readonly message: string;
}

/** Returns the message in an event, if it is one of this package's provider. */
export function providerMessage({ diagnosticEvent }: EngineEvent): ProviderMessage | undefined {
  const { severity, message = "", urn = "" } = diagnosticEvent ?? {};
  const isOurs = urn === "" || RESOURCE_TYPES.some(({ token }) => urn.includes(`${token}::`));
  if (!isOurs || message.trim() === "") return undefined;
  if (severity === "warning") return { severity, message: message.trim() };
  return severity?.startsWith("info") === true
    ? { severity: "info", message: message.trim() }
    : undefined;
}

/** Extracts the reason from an error of the CLI or the SDK, which may contain the whole output twice. */
export function reasonOf(error: unknown): string {
  const text = messageOf(error);
  if (error instanceof CommandError) return text;
  // "1 error occurred:" is followed by a list.
  const found = text.matchAll(/^\s*(?:stderr: )?error: (.*(?:\n\s*\* .*)*)$/gm);
  const reasons = [...found].map(([, reason]) => reason);
  return [...new Set(reasons)].join("\n") || (text.split("\n", 1)[0] ?? text);
}
