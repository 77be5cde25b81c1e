import { defineConfig } from "rolldown";

/*
 * What the plugin process loads is one file, since a user waits for each module of it at every
 * preview. Only what a dynamic import names (zod's schemas, the REST client) stands in files of its own.
 */
export default defineConfig({
  logLevel: "warn",
  input: {
    index: "provider/index.ts",
    provider: "provider/provider.ts",
  },
  platform: "node",
  external: /^[^./]/, // dependencies stay dependencies
  output: {
    dir: "dist/provider",
    format: "cjs",
    exports: "named",
    sourcemap: true,
    chunkFileNames: "chunks/[name].js",
  },
});
