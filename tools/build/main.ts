import { BUNDLES } from "./bundles.js";
import { keepNeededDeclarations } from "./declarations.js";

/** Makes what is published of what the compiler wrote: the declarations that are needed, and few files. */
async function main(): Promise<void> {
  await keepNeededDeclarations();
  const { build } = await import("rolldown");
  await build(BUNDLES);
}

void main();
