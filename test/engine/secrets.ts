/** Returns the forms in which a credential could leak: plain, and in the encodings of logs and states. */
export function formsOf(secret: string): string[] {
  // Base64 depends on the preceding bytes, so there is one form for each alignment, without the
  // characters at its edges, which depend on the neighbors.
  const base64 = ["", "x", "xx"].map((before) =>
    Buffer.from(before + secret)
      .toString("base64")
      .slice(before === "" ? 0 : 4)
      .replace(/.{1,4}$/, ""),
  );
  const urlSafe = base64.map((form) => form.replaceAll("+", "-").replaceAll("/", "_"));
  const hex = Buffer.from(secret).toString("hex");
  return [...new Set([secret, encodeURIComponent(secret), hex, ...base64, ...urlSafe])];
}

/** Returns the credentials that a text contains in any form. */
export function leaksIn(text: string, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => formsOf(secret).some((form) => text.includes(form)));
}
