import type { Settings } from "../../../emulator/index.js";

/** The inputs of an organization, and the live organization after the deployment. */
export interface Step {
  readonly title: string;
  readonly args: object;
  readonly live: Settings;
}

/** Consecutive deployments of one organization. */
export interface Scenario {
  /** The resource's name. */
  readonly name: string;
  /** The live organization before the first step. Default: none. */
  readonly seed?: Settings;
  readonly steps: readonly Step[];
}

/** Returns a name and a domain. Domains are unique, so each scenario has its own. */
export function team(name: string) {
  return {
    args: { name: "Widget Corp", authDomain: `${name}.cloudflareaccess.com` },
    live: { name: "Widget Corp", auth_domain: `${name}.cloudflareaccess.com` },
  };
}
