import { dohEndpoint } from "../cloudflare/endpoints.js";
import { dohSettings } from "../model/doh-settings.js";
import type { SettingsKind } from "./kind.js";

export const dohSettingsKind: SettingsKind = {
  type: "DohSettings",
  provider: "dohSettings",
  description: dohSettings,
  endpoint: dohEndpoint,
  contradictions: () => [],
  introducedBy: ["name", "serviceTokenId"],
  unmetNeeds: () => [],
};
