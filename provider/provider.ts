/**
 * What the engine loads: every state file names this module and the three exports. None of them may
 * ever be renamed.
 *
 * @packageDocumentation
 */
import type { dynamic } from "@pulumi/pulumi";
import { dohSettingsType, organizationType } from "./registry.js";
import { dynamicProvider } from "./lifecycle/dynamic-provider.js";
import { settingsLifecycle } from "./lifecycle/settings.js";
import { userRevocationLifecycle } from "./lifecycle/user-revocation.js";

/** The provider behind `Organization`. */
export const organization: dynamic.ResourceProvider = dynamicProvider(
  settingsLifecycle(organizationType),
);

/** The provider behind `DohSettings`. */
export const dohSettings: dynamic.ResourceProvider = dynamicProvider(
  settingsLifecycle(dohSettingsType),
);

/** The provider behind `UserRevocation`. */
export const userRevocation: dynamic.ResourceProvider = dynamicProvider(userRevocationLifecycle);
