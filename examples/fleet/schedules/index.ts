import * as pulumi from "@pulumi/pulumi";
import * as service from "@pulumi/pulumiservice";
import { readFleet, stacksOf } from "../fleet-file";

const config = new pulumi.Config();
const organization = pulumi.getOrganization();
const project = "zero-trust-fleet";

for (const [index, stack] of [...stacksOf(readFleet()).keys()].entries()) {
  const settings = new service.DeploymentSettings(stack, {
    organization,
    project,
    stack,
    sourceContext: {
      git: {
        repoUrl: config.require("repository"),
        branch: "main",
        repoDir: config.require("directory"),
      },
    },
    operationContext: {
      environmentVariables: { CLOUDFLARE_API_TOKEN: config.requireSecret("cloudflareApiToken") },
    },
  });

  // One stack a minute, from 01:00 on: all at once would exceed the token's rate limit.
  new service.DriftSchedule(
    stack,
    { organization, project, stack, scheduleCron: `${index % 60} 1 * * *`, autoRemediate: false },
    { dependsOn: settings },
  );
}
