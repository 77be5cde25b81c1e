import * as pulumi from "@pulumi/pulumi";
import * as zerotrust from "pulumi-cloudflare-zero-trust";

const accountId = new pulumi.Config().require("accountId");

// A function asks at every preview and up, and leaves nothing in Pulumi's state.
const live = zerotrust.getOrganizationOutput({ accountId });
const doh = zerotrust.getDohSettingsOutput({ accountId });

// An external resource is in state: shown as read, followed by `pulumi refresh`, never written.
const organization = zerotrust.Organization.get("organization", `accounts/${accountId}`);

/** What other programs take by a stack reference. */
export const teamDomain = organization.authDomain;
export const dohTokensLast = doh.dohJwtDuration;

/** What someone should look at. */
export const findings = live.apply((settings) => [
  ...(settings.denyUnmatchedRequests ? [] : ["Hosts without an application are not denied."]),
  ...(settings.mfaRequiredForAllApps ? [] : ["MFA is not required for all applications."]),
  ...(settings.isUiReadOnly ? [] : ["The dashboard can change what programs manage."]),
]);
