/** A request as it arrived, kept for tests to look at. */
export type LoggedRequest = {
  method: string;
  /** Below `/client/v4`, without the query. */
  path: string;
  query: Record<string, string>;
  /** As sent, credentials included: tests search everything else for leaks of them. */
  headers: Record<string, string>;
  /** Parsed when it is JSON, the text otherwise, undefined when there is none. */
  body: unknown;
  /** What was answered; undefined while under way and when the connection was cut. */
  status: number | undefined;
  /** Milliseconds since the epoch. */
  startedAt: number;
};

/** A body as it is logged. */
export function parsedBody(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
