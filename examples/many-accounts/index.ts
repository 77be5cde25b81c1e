import * as pulumi from "@pulumi/pulumi";
import * as zerotrust from "pulumi-cloudflare-zero-trust";

interface Account {
  accountId: string;
  /** Settings that differ from the baseline. */
  settings?: zerotrust.OrganizationSettings;
}

/** Settings of every account. */
const baseline = {
  sessionDuration: "12h",
  denyUnmatchedRequests: true,
  warpAuthSessionDuration: "24h",
} satisfies zerotrust.OrganizationSettings;

const config = new pulumi.Config();
const accounts = config.requireObject<Record<string, Account>>("accounts");
const tokens = config.requireSecretObject<Record<string, string>>("tokens");

const organizations = Object.entries(accounts).map(([name, { accountId, settings }]) => {
  // Each Provider runs in its own process with its own rate limiter, so accounts do not wait for each other.
  const provider = new zerotrust.Provider(name, {
    apiToken: tokens.apply(
      (all) =>
        all[name] ??
        fail(
          `The configuration has no token for ${name}: run pulumi config set --path tokens.${name} --secret.`,
        ),
    ),
  });
  const args = { accountId, ...baseline, ...settings };
  return [name, new zerotrust.Organization(name, args, { provider })] as const;
});

/** When each organization last changed. */
export const updatedAt = Object.fromEntries(
  organizations.map(([name, organization]) => [name, organization.updatedAt]),
);

function fail(reason: string): never {
  throw new Error(reason);
}
