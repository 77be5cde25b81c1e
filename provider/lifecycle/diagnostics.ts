/** The log of an operation. Resolves when a message is delivered. */
export interface Diagnostics {
  warn(message: string): Promise<void>;
  info(message: string): Promise<void>;
}

/**
 * The engine shows each line that the plugin prints, at almost no cost, as an info line. Warnings go
 * through the engine's log.
 */
export const pulumiLog: Diagnostics = {
  warn: async (message) => (await engineLog()).warn(message),
  info: (message) =>
    new Promise((resolve) => {
      process.stdout.write(`${message}\n`, () => resolve());
    }),
};

type Log = typeof import("@pulumi/pulumi/log/index.js");
let log: Promise<Log> | undefined;

/** Connects on the first warning, because that takes about 150 ms. */
function engineLog(): Promise<Log> {
  return (log ??= connect());
}

/** The plugin's SDK does not know the engine's address: it is the last argument, after those of `--logflow`. */
async function connect(): Promise<Log> {
  const [, script, ...args] = process.argv;
  const engineAddress = args.at(-1);
  const inPlugin = script?.includes("dynamic-provider") === true && engineAddress !== undefined;
  if (inPlugin) {
    const runtime = await import("@pulumi/pulumi/runtime/index.js");
    const { getProject, getStack, resetOptions } = runtime;
    resetOptions(
      getProject(),
      getStack(),
      1, // no parallel registrations
      engineAddress,
      "", // no resource monitor: the plugin registers nothing
      false, // whether it is a preview
      "", // the organization in Pulumi Cloud
    );
  }
  return import("@pulumi/pulumi/log/index.js");
}
