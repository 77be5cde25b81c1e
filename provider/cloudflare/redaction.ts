import type { Credentials } from "./credentials.js";

/** Takes the credentials out of text. A proxy or an echoing server may put them into what it answers. */
export function redactor(credentials: Credentials): (text: string) => string {
  const secret = "apiToken" in credentials ? credentials.apiToken : credentials.apiKey;
  const base64 = Buffer.from(secret).toString("base64");
  const forms = new Set([
    secret,
    encodeURIComponent(secret),
    base64,
    // Base64 of "Bearer <token>" and the like ends in another way, so its bare middle counts too.
    base64.replace(/=+$/, ""),
    Buffer.from(secret).toString("hex"),
  ]);
  return (text) =>
    [...forms].reduce((redacted, form) => redacted.replaceAll(form, "[redacted]"), text);
}
