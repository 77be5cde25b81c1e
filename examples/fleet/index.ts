import * as pulumi from "@pulumi/pulumi";
import * as zerotrust from "pulumi-cloudflare-zero-trust";
import { readFleet, stacksOf } from "./fleet-file";

const fleet = readFleet();
const accounts = stacksOf(fleet).get(pulumi.getStack());
if (accounts === undefined)
  throw new Error(`accounts.yaml has no stack ${pulumi.getStack()}: use \`npm run fleet\`.`);

for (const { id, name, settings } of accounts)
  new zerotrust.Organization(name, { accountId: id, ...fleet.baseline, ...settings });
