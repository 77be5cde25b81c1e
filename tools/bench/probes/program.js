/* global process */
// Loads the SDK, then this package, and sends which modules this package added.
const Module = require("node:module");
const path = require("node:path");

const fromProject = Module.createRequire(path.join(process.cwd(), "index.js"));
fromProject("@pulumi/pulumi");
const before = new Set(Object.keys(require.cache));
fromProject("pulumi-cloudflare-zero-trust");
const modules = Object.keys(require.cache).filter((file) => !before.has(file));
process.send({ modules }, () => process.exit(0));
