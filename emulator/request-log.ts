/** A request as it arrived. */
export type LoggedRequest = {
  method: string;
  /** Below `/client/v4`, without the query. */
  path: string;
  query: Record<string, string>;
  /** As sent, including credentials. */
  headers: Record<string, string>;
  /** The parsed JSON, the text if it is not JSON, or undefined without a body. */
  body: unknown;
  /** The status of the response, or undefined if there is none yet or the connection was closed. */
  status: number | undefined;
  /** Milliseconds since the epoch. */
  startedAt: number;
};

/** Returns a body for the log. */
export function parsedBody(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
