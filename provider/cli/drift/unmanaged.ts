import type { CloudflareClient } from "../../cloudflare/client.js";
import { dohEndpoint, getSettings, organizationEndpoint } from "../../cloudflare/endpoints.js";
import { parseScope } from "../../cloudflare/scope.js";
import type { Risk } from "../../schema/definition.js";
import { dohSettings } from "../../schema/doh-settings.js";
import { managedFields } from "../../schema/managed-fields.js";
import { isEmpty } from "../../schema/equality.js";
import { decodeSettings } from "../../schema/codec.js";
import { messageOf } from "../errors.js";
import type { CheckedStack } from "./check.js";
import type { SeenResource } from "./events.js";
import { dangerousFirst } from "./report.js";
import type { ResourceReport, StackReport, UnmanagedSetting } from "./report-schema.js";

/**
 * Adds to each checked resource the live settings that are set and that no program states. What
 * another of the stacks states for the same object has its owner and is left out. Never throws: a
 * live object that can't be looked at makes its stack a failed one.
 */
export async function withUnmanaged(
  checked: readonly CheckedStack[],
  client: CloudflareClient,
): Promise<CheckedStack[]> {
  const owned = new Set(
    checked.flatMap(({ seen }) =>
      seen.flatMap((resource) =>
        managedFields(resource.definition, resource.stated).map(({ path }) =>
          keyOf(resource, path),
        ),
      ),
    ),
  );
  return Promise.all(
    checked.map(async (stack) => ({
      ...stack,
      report: await reportWithUnmanaged(stack, owned, client),
    })),
  );
}

async function reportWithUnmanaged(
  { report, seen }: CheckedStack,
  owned: ReadonlySet<string>,
  client: CloudflareClient,
): Promise<StackReport> {
  try {
    const resources = await Promise.all(
      seen.map(async (resource): Promise<ResourceReport> => ({
        ...resource.report,
        unmanaged: await unmanagedOf(resource, owned, client),
      })),
    );
    const told = resources.filter(
      ({ gone, settings, unmanaged = [] }) => gone || settings.length > 0 || unmanaged.length > 0,
    );
    return { ...report, resources: told };
  } catch (error) {
    const reasons = [report.error, messageOf(error)].filter((reason) => reason !== undefined);
    return { ...report, status: "failed", error: reasons.join("\n") };
  }
}

async function unmanagedOf(
  resource: SeenResource,
  owned: ReadonlySet<string>,
  client: CloudflareClient,
): Promise<UnmanagedSetting[]> {
  const { definition, report } = resource;
  const target = parseScope(report.id);
  if (target === undefined || report.gone) return [];
  const endpoint = definition === dohSettings ? dohEndpoint : organizationEndpoint;
  const live = (await getSettings(client, endpoint, target)) ?? {};
  const unmanaged = managedFields(definition, decodeSettings(definition, live))
    .filter(
      ({ setting, value, path }) => !isEmpty(setting, value) && !owned.has(keyOf(resource, path)),
    )
    .map(({ path, value }) => {
      const danger = definition.settings[path]?.risk;
      return {
        setting: path,
        live: value,
        ...(danger === undefined ? {} : { danger: foreseen(danger) }),
      };
    });
  return dangerousFirst(unmanaged);
}

/** What nobody would notice, in a sentence about the future. */
function foreseen({ when, impact: because }: Risk): string {
  return `if ${when}, ${because}`;
}

function keyOf({ definition, report }: SeenResource, path: string): string {
  return `${definition.displayName} ${report.id} ${path}`;
}
