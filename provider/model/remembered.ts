import type { Description } from "./description.js";

/** Works something out of a description once, since descriptions never change. */
export function ofDescription<T extends object>(
  workOut: (description: Description) => T,
): (description: Description) => T {
  const remembered = new WeakMap<Description, T>();
  return (description) => {
    const known = remembered.get(description) ?? workOut(description);
    remembered.set(description, known);
    return known;
  };
}
