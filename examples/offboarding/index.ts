import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as zerotrust from "pulumi-cloudflare-zero-trust";

interface Leaver {
  /** The resource's name. Logs contain names, and should not contain emails. */
  ticket: string;
  email: string;
  /** The dates of leaving. Adding a date revokes again. */
  left: string[];
}

const accountId = new pulumi.Config().require("accountId");
const file = path.join(__dirname, "leavers.json");
const leavers = JSON.parse(readFileSync(file, "utf8")) as Leaver[];

for (const { ticket, email, left } of leavers)
  new zerotrust.UserRevocation(ticket, {
    accountId,
    email: pulumi.secret(email),
    devices: true,
    warpSessionReauth: true,
    triggers: left,
  });

export const revoked = leavers.map(({ ticket }) => ticket);
