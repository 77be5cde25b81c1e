/** One entry of the envelope's `errors` or `messages`. */
export type ApiMessage = {
  code: number;
  message: string;
  /** In no schema, yet often where the real reason stands. */
  error_chain?: { code?: number; message: string }[];
};

/** A refusal on its way to the client: thrown anywhere, answered as a failure envelope. */
export class Rejection extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly error: ApiMessage;

  constructor(status: number, error: ApiMessage) {
    super(`${status} ${error.code} ${error.message}`);
    this.status = status;
    this.error = error;
  }
}

/** The envelope of a success. */
export function successEnvelope(result: unknown, messages: readonly ApiMessage[] = []) {
  return { success: true, errors: [], messages, result };
}

/** The envelope of a failure: `result` is null and at least one error is given. */
export function failureEnvelope(error: ApiMessage) {
  return { success: false, errors: [error], messages: [], result: null };
}
