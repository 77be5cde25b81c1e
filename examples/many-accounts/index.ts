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
// Not requireSecretObject: the program can check a plain object before it creates resources.
const tokens = config.requireObject<Record<string, string>>("tokens");

const complete = Object.entries(accounts).map(([name, account]) => ({
  ...account,
  name,
  apiToken: pulumi.secret(tokenOf(name)),
}));

const organizations = complete.map(({ name, accountId, settings, apiToken }) => {
  // Each Provider runs in its own process with its own rate limiter, so accounts do not wait for each other.
  const provider = new zerotrust.Provider(name, { apiToken });
  const args = { accountId, ...baseline, ...settings };
  return [name, new zerotrust.Organization(name, args, { provider })] as const;
});

/** When each organization last changed. */
export const updatedAt = Object.fromEntries(
  organizations.map(([name, organization]) => [name, organization.updatedAt]),
);

function tokenOf(name: string): string {
  const token = tokens[name];
  if (token) return token;
  // Pulumi prints the message of a RunError without a stack trace.
  throw new pulumi.RunError(
    `The configuration has no token for ${name}. Run \`pulumi config set --path tokens.${name} --secret\`.`,
  );
}
