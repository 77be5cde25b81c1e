import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { BuildOptions, OutputOptions, RolldownPlugin } from "rolldown" with {
  "resolution-mode": "import",
};

/*
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

/**
 * Bundled dependencies and their own dependencies. A few files load in a fraction of the time of many.
 */
export const COPIED = [
  "agent-base",
  "async-mutex",
  "axios",
  "axios-retry",
  "debug",
  "fastest-levenshtein",
  "follow-redirects",
  "https-proxy-agent",
  "is-retry-allowed",
  "ms",
  "proxy-from-env",
  "zod",
];

/**
 * Replaces parts of axios with null, as axios itself does for browsers. This package uses neither forms nor `fetch`;
 * one loads many modules, the other a second HTTP client of Node's.
 */
const leaveOut: RolldownPlugin = {
  name: "leave-out",
  load: {
    filter: {
      id: /[\\/]axios[\\/]lib[\\/](?:adapters[\\/]fetch|platform[\\/]node[\\/]classes[\\/]FormData)\.js$/,
    },
    handler: () => "export default null; export const getFetch = null;",
  },
};

/**
 * While it loads, axios checks whether Node has `FormData`. The check loads the HTTP client behind `fetch`, which took a
 * third of the time to the first request (docs/maintainers/performance.md).
 */
const askForNoFormData: RolldownPlugin = {
  name: "ask-for-no-form-data",
  transform: {
    filter: { id: /[\\/]axios[\\/]lib[\\/]utils\.js$/ },
    handler(code) {
      const changed = code.replaceAll("G.FormData", "undefined");
      if (changed === code)
        this.error("axios no longer checks for G.FormData. Find its new check.");
      return { code: changed, map: null };
    },
  },
};

/** Returns the licenses of the bundled dependencies, which must accompany every copy. */
function bundledLicenses({ moduleIds }: { readonly moduleIds: readonly string[] }): string {
  const ids = moduleIds.map((id) => id.replaceAll("\\", "/"));
  return COPIED.flatMap((name) => {
    const inside = `/node_modules/${name}/`;
    const id = ids.find((one) => one.includes(inside));
    return id === undefined ? [] : [licenseOf(id.slice(0, id.indexOf(inside) + inside.length))];
  }).join("\n");
}

function licenseOf(folder: string): string {
  const read = (wanted: RegExp) => {
    const file = readdirSync(folder).find((entry) => wanted.test(entry));
    return file === undefined ? undefined : readFileSync(path.join(folder, file), "utf8");
  };
  const { name, version } = JSON.parse(read(/^package\.json$/) ?? "{}") as Record<string, string>;
  // Some packages have it only in their README, before the link definitions.
  const [, atTheEnd] = read(/^readme/i)?.split(/^License\n-+\n/m) ?? [];
  const license = read(/^licen[cs]e/i) ?? atTheEnd?.split(/^\[/m)[0];
  if (license === undefined) throw new Error(`${folder} has no license.`);
  return `/*! ${name} ${version}\n\n${license.trim()}\n*/`;
}

export const BUNDLES: BuildOptions[] = [
  {
    ...shared,
    external: (id) => DEPENDENCIES.test(id) && !COPIED.includes(id),
    plugins: [leaveOut, askForNoFormData],
    input: {
      index: "provider/index.ts",
      provider: "provider/provider.ts",
    },
    output: { ...output, dir: "dist/provider", banner: bundledLicenses },
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
