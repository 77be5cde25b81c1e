/** An error or message of a response. */
export interface ApiMessage {
  readonly code: number | undefined;
  readonly text: string;
  /** The causes (`error_chain`). They are not in the API's schema and often contain the real reason. */
  readonly chain: readonly ApiMessage[];
}

/** Messages together with their causes. */
export function flattenChains(messages: readonly ApiMessage[]): ApiMessage[] {
  return messages.flatMap((message) => [message, ...flattenChains(message.chain)]);
}

/** The envelope of every response of the API. */
export interface Envelope {
  readonly success: boolean;
  readonly result: unknown;
  readonly errors: readonly ApiMessage[];
  readonly messages: readonly ApiMessage[];
}

/** Deeper than any response, and shallow enough for recursion. */
const MAX_DEPTH = 50;

/**
 * Parses the body of a response. Undefined if it is not the API's: a proxy's page, empty, truncated or
 * nested too deeply.
 */
export function parseEnvelope(body: string): Envelope | undefined {
  const json = parseJson(body);
  if (!isRecord(json) || typeof json.success !== "boolean" || isDeeper(json, MAX_DEPTH))
    return undefined;
  return {
    success: json.success,
    result: json.result,
    errors: messagesOf(json.errors),
    messages: messagesOf(json.messages),
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((part) => isDeeper(part, depth - 1));
}

/** Text from outside as one line: control characters could move the cursor or imitate other lines. */
export function readable(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim();
}

/** Tolerant: lists may be absent (revoke_user), and very old responses contain plain strings. */
function messagesOf(list: unknown): ApiMessage[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    if (typeof item === "string") return [{ code: undefined, text: readable(item), chain: [] }];
    if (!isRecord(item)) return [];
    const { code, message } = item;
    return [
      {
        code: typeof code === "number" ? code : undefined,
        text: typeof message === "string" ? readable(message) : "",
        chain: messagesOf(item.error_chain),
      },
    ];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
