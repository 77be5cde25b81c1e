/* global performance, process */
// Loads what a program loads, the SDK first, and tells by message what this package added.
const Module = require("node:module");
const path = require("node:path");

const fromProject = Module.createRequire(path.join(process.cwd(), "index.js"));
fromProject("@pulumi/pulumi");
const before = new Set(Object.keys(require.cache));
const startedAt = performance.now();
fromProject("pulumi-cloudflare-zero-trust");
const loadMs = performance.now() - startedAt;
const modules = Object.keys(require.cache).filter((file) => !before.has(file));
process.send({ loadMs, modules }, () => process.exit(0));
