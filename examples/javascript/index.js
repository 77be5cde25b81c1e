"use strict";
const pulumi = require("@pulumi/pulumi");
const zerotrust = require("pulumi-cloudflare-zero-trust");

const organization = new zerotrust.Organization("organization", {
  accountId: new pulumi.Config().require("accountId"),
  sessionDuration: "12h",
  autoRedirectToIdentity: true,
  // A setting that has no input in this release yet, by its API name (this name is made up):
  // additionalSettings: { new_setting: true },
});

exports.updatedAt = organization.updatedAt;
