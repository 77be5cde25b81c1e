import * as pulumi from "@pulumi/pulumi";
import * as zerotrust from "pulumi-cloudflare-zero-trust";

const config = new pulumi.Config();
const accountId = config.require("accountId");
const users = config.requireObject<Record<string, string>>("users");

// Devices fetch a token every night, so tokens that last a day and a half cover one failed night.
const doh = new zerotrust.DohSettings("doh", {
  accountId,
  serviceTokenId: config.require("serviceTokenId"),
  dohJwtDuration: "36h",
});

const teamDomain = zerotrust.getOrganizationOutput({ accountId }).apply(({ authDomain }) => {
  if (authDomain === undefined) throw new Error("The organization has no team domain.");
  return authDomain;
});

/** A device sends this as `Cf-Access-Client-Id`, together with the service token's secret. */
export const clientId = doh.clientId;

/** The URL where each device fetches its DoH token. */
export const tokenUrls = Object.fromEntries(
  Object.entries(users).map(([device, user]) => [
    device,
    teamDomain.apply((domain) => tokenUrl(domain, user)),
  ]),
);

function tokenUrl(domain: string, user: string): string {
  const query = new URLSearchParams({
    "account-id": accountId,
    "user-id": user,
    "auth-domain": domain,
  });
  return `https://${domain}/cdn-cgi/access/doh-token?${query.toString()}`;
}
