/**
 * What the engine loads: every state file names this module and the three exports. Neither may
 * ever be renamed.
 *
 * @packageDocumentation
 */
import type { dynamic } from "@pulumi/pulumi";
import { dohSettingsKind } from "./lifecycle/doh-settings.js";
import { settingsProvider } from "./lifecycle/dynamic.js";
import { organizationKind } from "./lifecycle/organization.js";

/** The provider behind `Organization`. */
export const organization: dynamic.ResourceProvider = settingsProvider(organizationKind);

/** The provider behind `DohSettings`. */
export const dohSettings: dynamic.ResourceProvider = settingsProvider(dohSettingsKind);
