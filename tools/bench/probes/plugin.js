/* global console, performance, process */
// Does what the SDK's plugin does with a provider: runs the code from the state, configures the provider and calls
// one method. Sends which modules that loaded.
const { subscribe } = require("node:diagnostics_channel");
const Module = require("node:module");
const path = require("node:path");

const { source, method, args } = JSON.parse(process.argv[2]);
const fromProject = Module.createRequire(path.join(process.cwd(), "index.js"));

let firstRequestAt;
subscribe("http.client.request.start", () => (firstRequestAt ??= performance.now()));

async function main() {
  // The plugin has loaded these modules before it sees a provider.
  process.argv = [process.argv[0], "cmd/dynamic-provider", "127.0.0.1:1"];
  const plugin = fromProject.resolve("@pulumi/pulumi/cmd/dynamic-provider/index.js");
  fromProject(plugin);
  const requireFromString = Module.createRequire(plugin)("require-from-string");
  process.argv.length = 2; // Without the engine's address, log messages go nowhere.
  const before = new Set(Object.keys(require.cache));
  const loaded = () => Object.keys(require.cache).filter((file) => !before.has(file));

  const startedAt = performance.now();
  const provider = requireFromString(source).handler();
  const entry = loaded();
  await provider.configure({ config: { get: () => undefined } });
  await provider[method](...args);

  process.send({
    ...(firstRequestAt === undefined ? {} : { firstRequestMs: firstRequestAt - startedAt }),
    entry,
    modules: loaded(),
  });
}

main().then(
  () => process.disconnect() ?? process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
