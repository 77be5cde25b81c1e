import type { Credentials } from "./credentials.js";

/** Shorter pieces occur in any text and do not identify a credential. */
const MIN_LENGTH = 4;

/** Takes the credentials out of text. A proxy or an echoing server may put them into what it answers. */
export function redactor(credentials: Credentials): (text: string) => string {
  const secret = "apiToken" in credentials ? credentials.apiToken : credentials.apiKey;
  const hex = Buffer.from(secret).toString("hex");
  const base64 = base64Forms(secret);
  const encoded = [
    encodeURIComponent(secret),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((digits) => digits.replaceAll("+", "-").replaceAll("/", "_")),
  ];
  const forms = new Set([secret, ...encoded.filter(({ length }) => length >= MIN_LENGTH)]);
  return (text) =>
    [...forms].reduce((redacted, form) => redacted.replaceAll(form, "[redacted]"), text);
}

/**
 * The digits that base64 has for a text wherever it stands in a longer one, such as "Bearer <token>":
 * they differ by how many bytes stand before it, and at its edges by what stands beside it.
 */
function base64Forms(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const firstWhole = Math.ceil((before * 8) / 6);
    const endOfWhole = Math.floor((bytes.length * 8) / 6);
    return bytes.toString("base64").slice(firstWhole, endOfWhole);
  });
}
