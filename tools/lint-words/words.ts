/** A pattern that must not appear in text or names, and the term to use instead. */
type Replacement = readonly [pattern: RegExp, instead: string];

const REPLACEMENTS: readonly Replacement[] = [
  [/\b(?:un|newly )stated\b/i, '"declared" or "undeclared"'],
  [/\bforet(?:ell|old)\w*/i, '"warn", "preview warning"'],
  [/\baftermath/i, '"not applied", "side effect" or "verify"'],
  [/\bunheeded\b/i, '"not applied"'],
  [/\bhalf[- ](?:done|made)\b/i, '"partial failure" or "may have been applied"'],
  [/\banew\b/i, '"again"'],
  [/\bmend(?:s|ed|ing)?\b/i, '"fix"'],
  [/\bin place of\b/i, '"instead of"'],
  [/\bto no avail\b|\bin vain\b/i, '"without success"'],
  [/\bwhoever\b/i, "a subject with a name"],
  [/\bunless told otherwise\b/i, '"default"'],
  [/\bwire[- ]?(?:names?|objects?)\b|\b(?:from|to)Wire\b/i, '"API name", "encode" or "decode"'],
  [/\bis gone\b|\bare gone\b/i, '"not found" or "no longer exists"'],
  [/\blook(?:s|ed|ing)? anew\b|\ba look\b/i, '"read"'],
];

/** Returns the replaced words in a line, each with the term to use instead. */
export function replacedWords(line: string): { found: string; instead: string }[] {
  return REPLACEMENTS.flatMap(([pattern, instead]) => {
    const found = pattern.exec(line)?.[0];
    return found === undefined ? [] : [{ found, instead }];
  });
}
