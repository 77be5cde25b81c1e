"use strict";
const pulumi = require("@pulumi/pulumi");
const zerotrust = require("pulumi-cloudflare-zero-trust");

const organization = new zerotrust.Organization("organization", {
  accountId: new pulumi.Config().require("accountId"),
  sessionDuration: "12h",
  autoRedirectToIdentity: true,
  // A setting of the API that has no argument yet goes in under the API's own name:
  // additionalSettings: { new_setting: true },
});

exports.updatedAt = organization.updatedAt;
