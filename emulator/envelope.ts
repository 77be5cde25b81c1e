/** One entry of the envelope's `errors` or `messages`. */
export type ApiMessage = {
  code: number;
  message: string;
  /** Not part of the schema, but often the only place with the real reason. */
  error_chain?: { code?: number; message: string }[];
};

/** A rejected request. Code throws it anywhere; the server sends a failure envelope. */
export class Rejection extends Error {
  override readonly name = "Rejection";
  readonly status: number;
  readonly error: ApiMessage;

  constructor(status: number, error: ApiMessage) {
    super(`${status} ${error.code} ${error.message}`);
    this.status = status;
    this.error = error;
  }
}

/** Returns the envelope of a success. */
export function successEnvelope(result: unknown, messages: readonly ApiMessage[] = []) {
  return { success: true, errors: [], messages, result };
}

/** Returns the envelope of a failure: `result` is null, and there is an error. */
export function failureEnvelope(error: ApiMessage) {
  return { success: false, errors: [error], messages: [], result: null };
}
