import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Engine } from "./engine.js";
import { searchPath } from "./executables.js";

/**
 * Returns an environment in which `pulumi` changes nothing outside `home`: state in `home/state`, no account, no
 * network. It omits inherited settings of Pulumi and Cloudflare, so that no test or demo reaches a real account.
 *
 * @param home An absolute path, which is created if it does not exist.
 */
export function offlineEnvironment(
  engine: Engine,
  home: string,
  inherited: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const state = path.join(home, "state");
  mkdirSync(state, { recursive: true }); // The file:// backend does not create its directory.

  const kept = Object.entries(inherited).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !isReplaced(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    PATH: [engine.bin, ...searchPath(inherited)].join(path.delimiter),
    PULUMI_HOME: home,
    // The CLI parses it as a URL, in which a backslash is invalid.
    PULUMI_BACKEND_URL: `file://${state.replaceAll(path.sep, "/")}`,
    PULUMI_CONFIG_PASSPHRASE: "offline",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
  };
}

function isReplaced(name: string): boolean {
  const upper = name.toUpperCase();
  return upper === "PATH" || upper.startsWith("PULUMI_") || upper.startsWith("CLOUDFLARE_");
}
