import type { CloudflareClient } from "../../cloudflare/client.js";
import { getSettings } from "../../cloudflare/endpoints.js";
import { parseScope, type Scope } from "../../cloudflare/scope.js";
import type { Definition, Risk } from "../../schema/definition.js";
import { managedFields, type ManagedField } from "../../schema/managed-fields.js";
import { isUnsetInResponse } from "../../schema/equality.js";
import { decodeSettings } from "../../schema/codec.js";
import { impactClause } from "../../schema/risks.js";
import { messageOf } from "../errors.js";
import type { CheckedStack } from "./check.js";
import type { RefreshedResource } from "./engine-events.js";
import { riskyFirst } from "./report.js";
import type { ResourceReport, StackReport, UnmanagedSetting } from "./report-schema.js";

/**
 * Adds to each checked resource the live settings that a program could declare and that none of the
 * checked stacks declares. Never throws: a stack whose live object cannot be read has failed.
 */
export async function withUnmanaged(
  checked: readonly CheckedStack[],
  client: CloudflareClient,
): Promise<CheckedStack[]> {
  const declared = new Set(
    checked.flatMap(({ resources }) =>
      resources.flatMap((resource) =>
        managedFields(resource.type.definition, resource.declared).map(({ path }) =>
          keyOf(resource, path),
        ),
      ),
    ),
  );
  return Promise.all(
    checked.map(async (stack) => ({
      ...stack,
      report: await reportWithUnmanaged(stack, declared, client),
    })),
  );
}

async function reportWithUnmanaged(
  { report, resources }: CheckedStack,
  declared: ReadonlySet<string>,
  client: CloudflareClient,
): Promise<StackReport> {
  try {
    const reports = await Promise.all(
      resources.map(async (resource): Promise<ResourceReport> => ({
        ...resource.report,
        unmanaged: await unmanagedOf(resource, declared, client),
      })),
    );
    const reported = reports.filter(
      ({ notFound, settings, unmanaged = [] }) =>
        notFound || settings.length > 0 || unmanaged.length > 0,
    );
    return { ...report, resources: reported };
  } catch (error) {
    const reasons = [report.error, messageOf(error)].filter((reason) => reason !== undefined);
    return { ...report, status: "failed", error: reasons.join("\n") };
  }
}

async function unmanagedOf(
  resource: RefreshedResource,
  declared: ReadonlySet<string>,
  client: CloudflareClient,
): Promise<UnmanagedSetting[]> {
  const { type, report } = resource;
  const { definition, endpoint } = type;
  const scope = parseScope(report.id);
  if (scope === undefined || report.notFound) return [];
  const live = (await getSettings(client, endpoint, scope)) ?? {};
  const unmanaged = managedFields(definition, decodeSettings(definition, live))
    .filter((field) => isDeclarable(definition, field, scope))
    .filter(({ setting, value }) => !isUnsetInResponse(setting, value))
    .filter(({ path }) => !declared.has(keyOf(resource, path)))
    .map(({ path, value, setting: { risks = [] } }) => {
      // A setting that is already on cannot be switched on.
      const risk = risks.find(({ when }) => when !== "switched on");
      return {
        setting: path,
        live: value,
        ...(risk === undefined ? {} : { risk: conditional(risk) }),
      };
    });
  return riskyFirst(unmanaged);
}

/** Whether a program can declare a setting for this account or zone. */
function isDeclarable(definition: Definition, { input }: ManagedField, { kind }: Scope): boolean {
  const setting = definition.settings[input];
  return kind === "accounts" || setting === undefined || setting.zone === true;
}

function conditional({ when, impact }: Risk): string {
  const condition = when === "items added" ? "items are added" : when;
  return `if ${condition}, ${impactClause(impact)}`;
}

function keyOf({ type, report }: RefreshedResource, path: string): string {
  return `${type.token} ${report.id} ${path}`;
}
