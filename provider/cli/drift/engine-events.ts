import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { RESOURCE_TYPES, type ResourceType } from "../../registry.js";
import { versionIn } from "../../schema/codec.js";
import type { Definition } from "../../schema/definition.js";
import { riskyChanges } from "../../schema/risks.js";
import { managedFields, valueIn, type ManagedField } from "../../schema/managed-fields.js";
import { isBlank } from "../../schema/equality.js";
import { EXTERNAL } from "../../schema/state-contract.js";
import { isObject, type SettingValues } from "../../schema/values.js";
import { riskyFirst } from "./report.js";
import type { ResourceReport, SettingDrift } from "./report-schema.js";

const TYPES = new Map(RESOURCE_TYPES.map((type) => [type.token, type]));

/** Patterns for `--target` that match this package's resources, whatever their parents are. */
export const RESOURCE_TARGETS = RESOURCE_TYPES.map(
  ({ token }) => `urn:pulumi:*::*::**${token}::**`,
);

/** Matches explicit providers. Without it, a targeted operation uses their configuration in state. */
export const PROVIDER_TARGET = "urn:pulumi:*::*::**pulumi:providers:pulumi-nodejs::**";

/** A resource of this package, as the events of a refresh preview describe it. */
export interface RefreshedResource {
  readonly type: ResourceType;
  readonly report: ResourceReport;
  readonly drifted: boolean;
  /** The declared settings, with their last deployed values. */
  readonly declared: SettingValues;
}

/**
 * Returns the refreshed resource that an event describes. Returns undefined for all other events,
 * for other packages' resources, and for resources that cannot drift: those that are only read
 * (`Organization.get`), and those that a replacement left to be deleted.
 */
export function refreshedResource(event: EngineEvent): RefreshedResource | undefined {
  const metadata = event.resOutputsEvent?.metadata;
  const type = metadata && TYPES.get(metadata.type);
  // A resource without an old state is not in the refresh: the program adds it.
  if (!metadata?.old || type === undefined) return undefined;
  if (metadata.old.delete === true || asValues(metadata.old.outputs)[EXTERNAL] === true)
    return undefined;
  const declared = asValues(metadata.old.inputs);
  const notFound = metadata.op === "delete";
  const settings = notFound ? [] : driftedSettings(type.definition, metadata);
  const changedAt = versionIn(type.definition, asValues(metadata.new?.outputs));
  return {
    type,
    declared,
    drifted: notFound || settings.length > 0,
    report: {
      urn: metadata.urn,
      name: resourceName(metadata.urn),
      id: metadata.old.id,
      notFound,
      ...(changedAt === undefined ? {} : { changedAt }),
      settings,
    },
  };
}

export function resourceName(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function driftedSettings(definition: Definition, metadata: StepEventMetadata): SettingDrift[] {
  // The engine masks secrets in its events. Only its own diff shows that a secret drifted.
  const changed = Object.keys(metadata.detailedDiff ?? {});
  const declared = asValues(metadata.old?.inputs);
  const live = asValues(metadata.new?.inputs);
  const fields = new Map(
    [...managedFields(definition, live), ...managedFields(definition, declared)]
      .filter(({ path }) => changed.some((key) => belongsTo(key, path)))
      .map((field) => [field.path, field]),
  );
  return riskyFirst(
    [...fields.values()].map((field) => driftOf(definition, field, declared, live)),
  );
}

/** Whether a key of the engine's diff, such as `zones[0]`, is a setting or a part of it. */
function belongsTo(key: string, path: string): boolean {
  return (
    key === path ||
    key.startsWith(`${path}.`) ||
    key.startsWith(`${path}[`) ||
    path.startsWith(`${key}.`)
  );
}

function driftOf(
  definition: Definition,
  field: ManagedField,
  declared: SettingValues,
  live: SettingValues,
): SettingDrift {
  const { path, input } = field;
  const from = reported(valueIn(declared, field));
  const to = reported(valueIn(live, field));
  const [risky] = riskyChanges(definition, [{ path, input, from, to }]);
  return {
    setting: path,
    declared: from,
    live: to,
    ...(risky === undefined ? {} : { risk: risky.risk.impact }),
  };
}

/** The value for the report: null if it is not set, `[secret]` if the engine masked it. */
function reported(value: unknown): unknown {
  if (value !== false && isBlank(value)) return null;
  return isObject(value) && "ciphertext" in value ? "[secret]" : value;
}

function asValues(properties: unknown): SettingValues {
  return isObject(properties) ? properties : {};
}
