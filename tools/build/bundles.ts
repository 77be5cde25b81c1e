import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { BuildOptions, OutputOptions } from "rolldown" with { "resolution-mode": "import" };

/*
 * What the plugin process loads is a few files, since a user waits for each module of it at every
 * preview. What a dynamic import names (zod's schemas, the REST client) is not among them.
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

/** Copied into what the plugin loads, since they only compute, and in modules of their own take many times as long. */
export const COPIED = ["zod", "async-mutex", "fastest-levenshtein"];

/** Their licences ask to stand beside every copy. */
function licencesOfCopied({ moduleIds }: { readonly moduleIds: readonly string[] }): string {
  return COPIED.filter((name) => moduleIds.some((id) => id.includes(`/node_modules/${name}/`)))
    .map((name) => `/*! ${name}\n\n${licenceOf(name)}*/`)
    .join("\n");
}

function licenceOf(name: string): string {
  const folder = `node_modules/${name}`;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence beside it.`);
  return readFileSync(path.join(folder, file), "utf8");
}

export const BUNDLES: BuildOptions[] = [
  {
    ...shared,
    // axios stays outside: its fixes should reach users without a release of this package.
    external: (id) => DEPENDENCIES.test(id) && !COPIED.includes(id),
    input: {
      index: "provider/index.ts",
      provider: "provider/provider.ts",
    },
    output: { ...output, dir: "dist/provider", banner: licencesOfCopied },
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
