/** Whether a text is a valid id of an account or zone. The API has a route only for those. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}
