import type { BuildOptions, OutputOptions } from "rolldown" with { "resolution-mode": "import" };

/*
 * Bundles contain only this package's own code: dependencies stay in node_modules, where audits and updates see them.
 * The plugin process loads a few files, because a user waits for each module at every preview. It loads what a dynamic
 * import names (validation, the REST client) only when it needs it.
 */

/** The imports of dependencies, and not absolute paths, which start with a drive letter on Windows. */
const DEPENDENCIES = /^(?![A-Za-z]:[\\/])[^./]/;

const shared: BuildOptions = {
  logLevel: "warn",
  platform: "node",
  external: DEPENDENCIES,
};

const output: OutputOptions = {
  format: "cjs",
  exports: "named",
  sourcemap: true,
  sourcemapExcludeSources: true, // Stack traces need only names and lines; the sources were half of the package.
  chunkFileNames: "chunks/[name].js",
  // The first import() of a process starts a module loader in Node, which takes 27 ms. require() does not.
  dynamicImportInCjs: false,
};

export const BUNDLES: BuildOptions[] = [
  {
    ...shared,
    input: {
      index: "provider/index.ts",
      provider: "provider/provider.ts",
    },
    output: { ...output, dir: "dist/provider" },
  },
  {
    // The command shares sources with the other entries, but no files, so that it does not split theirs into chunks.
    // The emulator is the next bundle, at the same relative path as its sources.
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
