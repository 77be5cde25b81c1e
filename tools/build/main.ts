import { BUNDLES } from "./bundles.js";
import { keepNeededDeclarations } from "./declarations.js";

/** Builds the published files: the declarations of the public API, and a few bundles. */
async function main(): Promise<void> {
  await keepNeededDeclarations();
  const { build } = await import("rolldown");
  await build(BUNDLES);
}

void main();
