import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import type { Definition } from "../../schema/definition.js";
import { dohSettings } from "../../schema/doh-settings.js";
import { riskyChanges } from "../../schema/risks.js";
import {
  managedFields,
  declaresTheSame,
  valueIn,
  type ManagedField,
} from "../../schema/managed-fields.js";
import { isBlank } from "../../schema/equality.js";
import { organization } from "../../schema/organization.js";
import { isObject, type SettingValues } from "../../schema/values.js";
import { dangerousFirst } from "./report.js";
import type { ResourceReport, SettingDrift } from "./report-schema.js";

/** The resources of this package that can drift, by their type token. */
const DESCRIPTIONS: Readonly<Record<string, Definition>> = {
  "pulumi-nodejs:dynamic/zerotrust:Organization": organization,
  "pulumi-nodejs:dynamic/zerotrust:DohSettings": dohSettings,
};

/** What the engine's events of a refresh preview tell of one resource of this package. */
export interface SeenResource {
  readonly definition: Definition;
  readonly report: ResourceReport;
  readonly drifted: boolean;
  /** The settings that the program states, as state holds them. */
  readonly stated: SettingValues;
}

/** The resource behind an event; undefined for every other event and for every other package. */
export function resourceOf(event: EngineEvent): SeenResource | undefined {
  const metadata = event.resOutputsEvent?.metadata;
  const definition = metadata && DESCRIPTIONS[metadata.type];
  // Without an old state it is no step of the refresh, but something that the program adds.
  if (!metadata?.old || definition === undefined) return undefined;
  const stated = asValues(metadata.old.inputs);
  const gone = metadata.op === "delete";
  const settings = gone ? [] : driftedSettings(definition, metadata);
  const changedAt: unknown = metadata.new?.outputs.updatedAt;
  return {
    definition,
    stated,
    drifted: gone || settings.length > 0,
    report: {
      urn: metadata.urn,
      name: metadata.urn.split("::").at(-1) ?? metadata.urn,
      id: metadata.old.id,
      gone,
      ...(typeof changedAt === "string" ? { changedAt } : {}),
      settings,
    },
  };
}

/**
 * The URN of what an event shows to be written, and not to be as stated all the same. The engine masks
 * secrets in its events: of those the provider's warning alone tells.
 */
export function unheededIn(event: EngineEvent): string | undefined {
  const metadata = event.resOutputsEvent?.metadata;
  const definition = metadata && DESCRIPTIONS[metadata.type];
  if (metadata?.op !== "update" || definition === undefined) return undefined;
  const { inputs, outputs } = metadata.new ?? {};
  return declaresTheSame(definition, asValues(inputs), asValues(outputs))
    ? undefined
    : metadata.urn;
}

function driftedSettings(definition: Definition, metadata: StepEventMetadata): SettingDrift[] {
  // The engine masks secrets in its events, so only its own diff tells whether one drifted.
  const changed = Object.keys(metadata.detailedDiff ?? {});
  const stated = asValues(metadata.old?.inputs);
  const live = asValues(metadata.new?.inputs);
  const paths = new Map(
    [...managedFields(definition, live), ...managedFields(definition, stated)]
      .filter(({ path }) => changed.some((key) => belongsTo(key, path)))
      .map((managed) => [managed.path, managed]),
  );
  return dangerousFirst(
    [...paths.values()].map((managed) => driftOf(definition, managed, stated, live)),
  );
}

/** Whether a key of the engine's diff, such as `zones[0]`, is about a setting or a part of it. */
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
  managed: ManagedField,
  stated: SettingValues,
  live: SettingValues,
): SettingDrift {
  const { path } = managed;
  const from = shown(valueIn(stated, managed));
  const to = shown(valueIn(live, managed));
  const [dangerous] = riskyChanges(definition, [{ path, from, to }]);
  return {
    setting: path,
    stated: from,
    live: to,
    ...(dangerous === undefined ? {} : { danger: dangerous.risk.impact }),
  };
}

/** A value for the report: unset is null, and what the engine masked says so. */
function shown(value: unknown): unknown {
  if (value !== false && isBlank(value)) return null;
  return isObject(value) && "ciphertext" in value ? "[secret]" : value;
}

function asValues(properties: unknown): SettingValues {
  return isObject(properties) ? properties : {};
}
