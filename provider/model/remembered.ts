import type { Description } from "./description.js";

/** Works something out of a description once, since descriptions never change. */
export function ofDescription<T>(
  workOut: (description: Description) => T,
): (description: Description) => T {
  const remembered = new WeakMap<Description, { readonly value: T }>();
  return (description) => {
    const known = remembered.get(description) ?? { value: workOut(description) };
    remembered.set(description, known);
    return known.value;
  };
}
