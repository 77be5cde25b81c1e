import type { CloudflareClient } from "../../cloudflare/client.js";
import { getSettings } from "../../cloudflare/endpoints.js";
import { formatScope, type Scope } from "../../cloudflare/scope.js";
import { dohSettingsType } from "../../registry.js";
import { organizationType } from "../../registry.js";
import { decodeSettings } from "../../schema/codec.js";
import { isConfigured, noOrganization } from "../import/live.js";
import { messageOf } from "../errors.js";
import type { Finding } from "./finding.js";

/** Whether the organization exists and can be read, by the same GET as the provider's. */
export async function organizationFinding(
  client: CloudflareClient,
  target: Scope,
): Promise<Finding> {
  const { definition, endpoint } = organizationType;
  const check = "organization";
  return looked(check, async () => {
    const live = await getSettings(client, endpoint, target, { hurried: true });
    if (live === undefined) return { check, status: "trouble", says: noOrganization(target) };
    const { name, authDomain } = decodeSettings(definition, live);
    const says = `${formatScope(target)} can be read: ${String(authDomain)}`;
    const called = typeof name === "string" && name !== "" ? ` (${name})` : "";
    return { check, status: "fine", says: says + called };
  });
}

/** Whether the DoH settings can be read, by the same GET as the provider's. */
export async function dohFinding(client: CloudflareClient, target: Scope): Promise<Finding> {
  const { definition, endpoint } = dohSettingsType;
  const check = "DoH settings";
  return looked(check, async () => {
    const live = await getSettings(client, endpoint, target, { hurried: true });
    const configured = isConfigured(decodeSettings(definition, live ?? {}));
    return {
      check,
      status: "fine",
      says: configured ? "can be read" : "can be read; nobody configured any",
    };
  });
}

async function looked(check: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    return { check, status: "trouble", says: messageOf(error) };
  }
}

export const WRITING: Finding = {
  check: "writing",
  status: "note",
  says: "cannot be proven without writing, which this command never does.",
  advice:
    'A token needs "Access: Organizations, Identity Providers, and Groups" (Write) for it; Read is enough for previews and drift checks.',
};
