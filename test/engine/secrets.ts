/** The forms in which a credential could leak: as it is, and in the encodings that logs and states use. */
export function formsOf(secret: string): string[] {
  // Base64 depends on what stands before, so one form for each alignment, less the characters at its
  // edges that depend on the neighbours.
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

/** The credentials that a text holds in any form. */
export function leaksIn(text: string, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => formsOf(secret).some((form) => text.includes(form)));
}
