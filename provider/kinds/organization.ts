import { organizationEndpoint } from "../cloudflare/endpoints.js";
import { organization } from "../model/organization.js";
import { contradictions, unmetNeeds } from "../model/rules.js";
import type { SettingsKind } from "./kind.js";

export const organizationKind: SettingsKind = {
  type: "Organization",
  provider: "organization",
  description: organization,
  endpoint: organizationEndpoint,
  contradictions,
  introducedBy: ["authDomain", "name", "createdAt"],
  unmetNeeds,
};
