/** Whether a text is an id of an account or a zone; the API has no route for any other. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}
