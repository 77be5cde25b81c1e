import * as pulumi from "@pulumi/pulumi";
import * as zerotrust from "pulumi-cloudflare-zero-trust";

const accountId = new pulumi.Config().require("accountId");

// Functions read at every preview and update, and leave nothing in Pulumi's state.
const live = zerotrust.getOrganizationOutput({ accountId });
const doh = zerotrust.getDohSettingsOutput({ accountId });

// An external resource is in the state: `pulumi refresh` reads it again, and nothing ever writes it.
const organization = zerotrust.Organization.get("organization", `accounts/${accountId}`);

/** Outputs for other programs, which read them through a stack reference. */
export const teamDomain = organization.authDomain;
export const dohTokensLast = doh.apply(({ dohJwtDuration }) => dohJwtDuration ?? "not set");

/** Settings that someone should review. */
export const findings = live.apply((settings) => [
  ...(settings.denyUnmatchedRequests
    ? []
    : ["Requests to hosts without an application are not denied."]),
  ...(settings.mfaRequiredForAllApps ? [] : ["MFA is not required for all applications."]),
  ...(settings.isUiReadOnly ? [] : ["People can change settings in the dashboard."]),
]);
