import type { Definition } from "./definition.js";

/** Works something out of a definition once, since descriptions never change. */
export function memoizeByDefinition<T extends object>(
  workOut: (definition: Definition) => T,
): (definition: Definition) => T {
  const remembered = new WeakMap<Definition, T>();
  return (definition) => {
    const known = remembered.get(definition) ?? workOut(definition);
    remembered.set(definition, known);
    return known;
  };
}
