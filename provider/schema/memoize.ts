import type { Definition } from "./definition.js";

/** Computes a value once for each definition, because definitions never change. */
export function memoizeByDefinition<T extends object>(
  compute: (definition: Definition) => T,
): (definition: Definition) => T {
  const computed = new WeakMap<Definition, T>();
  return (definition) => {
    const known = computed.get(definition) ?? compute(definition);
    computed.set(definition, known);
    return known;
  };
}
