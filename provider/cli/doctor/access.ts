import type { CloudflareClient } from "../../cloudflare/client.js";
import { getSettings } from "../../cloudflare/endpoints.js";
import { permissionFor } from "../../cloudflare/error-hints.js";
import { describeScope, type Scope } from "../../cloudflare/scope.js";
import type { ResourceType } from "../../registry.js";
import { decodeComputed, decodeSettings } from "../../schema/codec.js";
import { declareLiveSettings } from "../codegen/declared-settings.js";
import { isBlank } from "../../schema/equality.js";
import { messageOf } from "../errors.js";
import { escapeInvisible } from "../../schema/format-value.js";
import { notFound } from "../import/read-scope.js";
import type { Finding } from "./finding.js";

/** Checks that a live object exists and can be read, by the same GET request as the provider. */
export async function checkAccess(
  client: CloudflareClient,
  type: ResourceType,
  scope: Scope,
): Promise<Finding> {
  const { name: check, definition, endpoint } = type;
  try {
    const live = await getSettings({ send: client.sendOnce.bind(client) }, endpoint, scope);
    if (live === undefined) return { check, status: "error", message: notFound(type, scope) };
    const values = decodeSettings(definition, live);
    const { settings } = declareLiveSettings(type, scope.kind, values);
    if (Object.keys(settings).length === 0)
      return { check, status: "ok", message: "can be read, and is not configured" };
    const all = { ...decodeComputed(definition, live), ...values };
    const identity = type.identifyingNames
      .filter((name) => !isBlank(all[name]))
      .map((name) => `${name} ${String(all[name])}`);
    return {
      check,
      status: "ok",
      message: `can be read for ${describeScope(scope)}: ${escapeInvisible(identity.join(", "))}`,
    };
  } catch (error) {
    return { check, status: "error", message: messageOf(error) };
  }
}

export const PERMISSIONS: Finding = {
  check: "Permissions",
  status: "warning",
  message: "Only reading was checked, because this command never writes.",
  hint: [
    `Previews, refreshes and drift checks need ${permissionFor("Read")}.`,
    `Deployments need ${permissionFor("Write")}.`,
    `UserRevocation and revokeUser need ${permissionFor("Revoke")}.`,
  ].join("\n"),
};
