import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as zerotrust from "pulumi-cloudflare-zero-trust";

interface Leaver {
  /** Names the resource: a name is in every log, an email need not be. */
  ticket: string;
  email: string;
  /** A further date revokes again. */
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
