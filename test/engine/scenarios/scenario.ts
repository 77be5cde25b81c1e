import type { Settings } from "../../../emulator/index.js";

/** One configuration of an organization, and what is then set on the live one. */
export interface Step {
  readonly title: string;
  readonly args: object;
  readonly live: Settings;
}

/** Configurations that follow each other on one organization. */
export interface Scenario {
  /** The resource's name. */
  readonly name: string;
  /** The live organization at the start; there is none where left out. */
  readonly seed?: Settings;
  readonly steps: readonly Step[];
}

/** Domains are unique among all organizations, so each scenario has its own. */
export function team(name: string) {
  return {
    args: { name: "Widget Corp", authDomain: `${name}.cloudflareaccess.com` },
    live: { name: "Widget Corp", auth_domain: `${name}.cloudflareaccess.com` },
  };
}
