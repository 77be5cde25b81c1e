import { readFileSync } from "node:fs";
import type { BuildOptions, OutputOptions } from "rolldown" with { "resolution-mode": "import" };

/*
 * What the plugin process loads is one file, since a user waits for each module of it at every
 * preview. Only what a dynamic import names (zod's schemas, the REST client) stands in files of its own.
 */
/** Dependencies stay dependencies. */
const DEPENDENCIES = /^[^./]/;

const shared: BuildOptions = {
  logLevel: "warn",
  platform: "node",
  external: DEPENDENCIES,
};

const output: OutputOptions = {
  format: "cjs",
  exports: "named",
  sourcemap: true,
  chunkFileNames: "chunks/[name].js",
  // The first import() starts a loader of its own in Node, which costs 27 ms; require() costs nothing here.
  dynamicImportInCjs: false,
};

/** Its licence asks to stand beside every copy. */
function licenceOfZod({ moduleIds }: { readonly moduleIds: readonly string[] }): string {
  const holdsZod = moduleIds.some((id) => id.includes("/node_modules/zod/"));
  return holdsZod ? `/*! zod\n\n${readFileSync("node_modules/zod/LICENSE", "utf8")}*/` : "";
}

export const BUNDLES: BuildOptions[] = [
  {
    ...shared,
    // Every check waits for zod, and its 95 modules take many times as long as the part that is used.
    external: /^(?!zod$)[^./]/,
    input: {
      index: "provider/index.ts",
      provider: "provider/provider.ts",
    },
    output: { ...output, dir: "dist/provider", banner: licenceOfZod },
  },
  {
    // The command shares sources with the rest, but no files: its needs must not split theirs.
    // The emulator is the next bundle, as far from this one as the sources are from each other.
    ...shared,
    external: [DEPENDENCIES, "../../emulator/command.js"],
    makeAbsoluteExternalsRelative: false,
    input: { main: "provider/cli/main.ts" },
    output: { ...output, dir: "dist/provider/cli" },
  },
  {
    ...shared,
    input: { index: "emulator/index.ts", command: "emulator/command.ts" },
    output: { ...output, dir: "dist/emulator" },
  },
];
