// The resources of this package.
const zerotrust = require("pulumi-cloudflare-zero-trust");
const organizations = require("./organizations.js");

for (const args of organizations)
  new zerotrust.Organization(`organization-${args.accountId}`, args);
