import type { Credentials } from "./credentials.js";
import { readable } from "./envelope.js";

/** Shorter pieces occur in any text and identify no secret. */
const MIN_LENGTH = 4;

/** Removes the credentials from text. A proxy or an echoing server may repeat them in a response. */
export function redactor(credentials: Credentials): (text: string) => string {
  const secret = "apiToken" in credentials ? credentials.apiToken : credentials.apiKey;
  return withoutForms([secret, ...encodedForms(secret)]);
}

/**
 * Removes secret values of a request from text: a rejection may quote the value. Messages of the API have
 * single spaces.
 */
export function withoutValues(text: string, values: readonly string[]): string {
  return withoutForms(values.flatMap((value) => [value, readable(value)]))(text);
}

/** Replaces texts in any letter case: a server may return an email or a host name in lower case. */
function withoutForms(forms: readonly string[]): (text: string) => string {
  const patterns = forms
    .filter(({ length }) => length >= MIN_LENGTH)
    .sort((one, other) => other.length - one.length)
    .map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  if (patterns.length === 0) return (text) => text;
  const pattern = new RegExp(patterns.join("|"), "giu");
  return (text) => text.replace(pattern, "[redacted]");
}

/** The forms in which a server may repeat a secret. */
function encodedForms(secret: string): string[] {
  const base64 = base64Forms(secret);
  return [
    encodeURIComponent(secret),
    Buffer.from(secret).toString("hex"),
    ...base64,
    ...base64.map((digits) => digits.replaceAll("+", "-").replaceAll("/", "_")),
  ];
}

/**
 * The base64 digits of a text inside a longer one, such as "Bearer <token>", at each of the three byte
 * alignments, and without the digits at its edges that depend on the text beside it.
 */
function base64Forms(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const firstWhole = Math.ceil((before * 8) / 6);
    const endOfWhole = Math.floor((bytes.length * 8) / 6);
    return bytes.toString("base64").slice(firstWhole, endOfWhole);
  });
}
