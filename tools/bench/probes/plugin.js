/* global console, performance, process */
// Does in a process of its own what the SDK's plugin does with a provider: loads the constant line
// from state, configures, and calls one method. Tells by message what that loaded, and how long it took.
const { subscribe } = require("node:diagnostics_channel");
const Module = require("node:module");
const path = require("node:path");

const { source, method, args } = JSON.parse(process.argv[2]);
const fromProject = Module.createRequire(path.join(process.cwd(), "index.js"));

/** How long each module took that this package's own files ask for, with all that it loads itself. */
const loadTimes = {};
const load = Module._load;
Module._load = function (request, parent, isMain) {
  const isOurs = parent?.filename?.includes("pulumi-cloudflare-zero-trust/dist") ?? false;
  if (!isOurs || request in loadTimes) return load.call(this, request, parent, isMain);
  loadTimes[request] = 0;
  const startedAt = performance.now();
  try {
    return load.call(this, request, parent, isMain);
  } finally {
    loadTimes[request] = performance.now() - startedAt;
  }
};

let firstRequestAt;
subscribe("http.client.request.start", () => (firstRequestAt ??= performance.now()));

async function main() {
  // What the plugin has loaded before it meets a provider.
  process.argv = [process.argv[0], "cmd/dynamic-provider", "127.0.0.1:1"];
  fromProject("@pulumi/pulumi/cmd/dynamic-provider/index.js");
  const requireFromString = Module.createRequire(
    fromProject.resolve("@pulumi/pulumi/cmd/dynamic-provider/index.js"),
  )("require-from-string");
  process.argv.length = 2; // no engine is there to be told anything
  const before = new Set(Object.keys(require.cache));
  const nodesOwn = new Set(process.moduleLoadList);

  const startedAt = performance.now();
  const provider = requireFromString(source).handler();
  const loadedAt = performance.now();
  const entry = loadedModules(before);
  await provider.configure({ config: { get: () => undefined } });
  await provider[method](...args);
  const finishedAt = performance.now();

  process.send({
    loadMs: loadedAt - startedAt,
    callMs: finishedAt - loadedAt,
    ...(firstRequestAt === undefined ? {} : { firstRequestMs: firstRequestAt - startedAt }),
    entry,
    modules: loadedModules(before),
    nodesOwn: process.moduleLoadList.filter((name) => !nodesOwn.has(name)),
    loadTimes,
  });
}

function loadedModules(before) {
  return Object.keys(require.cache).filter((file) => !before.has(file));
}

main().then(
  () => process.disconnect() ?? process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
