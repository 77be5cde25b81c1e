/** Where the words go that a person should read beside the result. Resolves when they are delivered. */
export interface Diagnostics {
  warn(message: string): Promise<void>;
  info(message: string): Promise<void>;
}

/**
 * Pulumi's own log. In the plugin process the SDK does not know the engine, so it is told: the
 * engine passes its address as the last argument, after those of `--logflow`. What is merely printed
 * there would reach the user too, but a warning would show as a plain line.
 */
export const pulumiLog: Diagnostics = {
  warn: async (message) => (await engineLog()).warn(message),
  info: async (message) => (await engineLog()).info(message),
};

type Log = typeof import("@pulumi/pulumi/log/index.js");
let log: Promise<Log> | undefined;

/** Loaded at the first message: most operations have nothing to say. */
function engineLog(): Promise<Log> {
  return (log ??= connect());
}

async function connect(): Promise<Log> {
  const [, script, ...args] = process.argv;
  const engineAddress = args.at(-1);
  const inPlugin = script?.includes("dynamic-provider") === true && engineAddress !== undefined;
  if (inPlugin) {
    const runtime = await import("@pulumi/pulumi/runtime/index.js");
    const { getProject, getStack, resetOptions } = runtime;
    resetOptions(getProject(), getStack(), 1, engineAddress, "", false, "");
  }
  return import("@pulumi/pulumi/log/index.js");
}
