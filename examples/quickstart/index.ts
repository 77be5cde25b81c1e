import * as pulumi from "@pulumi/pulumi";
import * as zerotrust from "pulumi-cloudflare-zero-trust";

const organization = new zerotrust.Organization("organization", {
  accountId: new pulumi.Config().require("accountId"),
  sessionDuration: "12h",
  loginDesign: { backgroundColor: "#112233", headerText: "Widget Corp" },
  denyUnmatchedRequests: true,
});

export const updatedAt = organization.updatedAt;
