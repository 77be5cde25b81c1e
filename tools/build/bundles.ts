import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { BuildOptions, OutputOptions, RolldownPlugin } from "rolldown" with {
  "resolution-mode": "import",
};

/*
 * What the plugin process loads is a few files, since a user waits for each module of it at every
 * preview. What a dynamic import names (zod's schemas, the REST client) is not among them.
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
  sourcemapExcludeSources: true, // a trace needs their names and lines only, and they were half of the package
  chunkFileNames: "chunks/[name].js",
  // The first import() starts a loader of its own in Node, which costs 27 ms; require() costs nothing here.
  dynamicImportInCjs: false,
};

/**
 * Copied into what the plugin loads, with what they need themselves: as a few files they load in a
 * fraction of the time that their own many take.
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
 * Left out of axios, which itself puts null in the place of such parts for browsers. Neither forms nor
 * `fetch` are used here, and at load one brings many modules, the other a second HTTP client of Node's.
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
 * As it loads, axios asks whether Node has `FormData`. The mere question has Node load the HTTP client
 * behind `fetch`, which took a third of the time to the first request (docs/performance.md).
 */
const askForNoFormData: RolldownPlugin = {
  name: "ask-for-no-form-data",
  transform: {
    filter: { id: /[\\/]axios[\\/]lib[\\/]utils\.js$/ },
    handler(code) {
      const changed = code.replaceAll("G.FormData", "undefined");
      if (changed === code)
        this.error("axios asks for FormData in other words now: look for them.");
      return { code: changed, map: null };
    },
  },
};

/** Their licences ask to stand beside every copy. */
function licencesOfCopied({ moduleIds }: { readonly moduleIds: readonly string[] }): string {
  const ids = moduleIds.map((id) => id.replaceAll("\\", "/"));
  return COPIED.flatMap((name) => {
    const inside = `/node_modules/${name}/`;
    const id = ids.find((one) => one.includes(inside));
    return id === undefined ? [] : [licenceOf(id.slice(0, id.indexOf(inside) + inside.length))];
  }).join("\n");
}

function licenceOf(folder: string): string {
  const read = (wanted: RegExp) => {
    const file = readdirSync(folder).find((entry) => wanted.test(entry));
    return file === undefined ? undefined : readFileSync(path.join(folder, file), "utf8");
  };
  const { name, version } = JSON.parse(read(/^package\.json$/) ?? "{}") as Record<string, string>;
  // Some have it in their README only, before the addresses of its links.
  const [, atTheEnd] = read(/^readme/i)?.split(/^License\n-+\n/m) ?? [];
  const licence = read(/^licen[cs]e/i) ?? atTheEnd?.split(/^\[/m)[0];
  if (licence === undefined) throw new Error(`There is no licence in ${folder}.`);
  return `/*! ${name} ${version}\n\n${licence.trim()}\n*/`;
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
