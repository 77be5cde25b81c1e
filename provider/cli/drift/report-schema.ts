import { z } from "zod";

/*
 * The form of `drift --json`: the report's types, its published JSON Schema and the tables of
 * docs/drift-detection.md are made from this. Only types are imported from here at run time.
 */

const danger = z.string().describe("What it means for people. Only where it is dangerous.");

const settingDrift = z.object({
  setting: z.string().describe("The argument, such as `loginDesign.headerText`."),
  stated: z.unknown().describe("What the state says; null where the setting is stated empty."),
  live: z.unknown().describe("What is live; null where it is not set."),
  danger: danger.optional(),
});

const unmanagedSetting = z.object({
  setting: z.string().describe("The argument that would state it."),
  live: z.unknown().describe("What is live."),
  danger: danger.optional(),
});

const resourceReport = z.object({
  urn: z.string().describe("The resource's URN."),
  name: z.string().describe("The resource's name."),
  id: z.string().describe("`accounts/<id>` or `zones/<id>`."),
  gone: z.boolean().describe("Whether the live object is gone altogether."),
  changedAt: z
    .string()
    .optional()
    .describe(
      "When the live object last changed, as an RFC 3339 time. Only where Cloudflare tells.",
    ),
  settings: z.array(settingDrift).describe("The settings that drifted, the dangerous ones first."),
  unmanaged: z
    .array(unmanagedSetting)
    .optional()
    .describe("Live settings that are set and that no program states. Only with `--unmanaged`."),
});

const stackReport = z.object({
  project: z.string().describe("The project's name; its folder where that can't be read."),
  stack: z.string().describe("The stack's name; empty where none was found."),
  dir: z.string().describe("The project's folder, as it was given."),
  status: z
    .enum(["clean", "drifted", "failed"])
    .describe("`failed`: it could not be checked, or not wholly."),
  error: z.string().optional().describe("Why it could not be checked. Only where it failed."),
  resources: z
    .array(resourceReport)
    .describe("The resources that drifted, or that hold unmanaged settings."),
});

const summary = z.object({
  stacks: z
    .int()
    .nonnegative()
    .describe(
      "How many stacks were checked; a folder that says nothing of its stacks counts as one.",
    ),
  drifted: z
    .int()
    .nonnegative()
    .describe("How many of them drifted, as far as they could be checked."),
  failed: z.int().nonnegative().describe("How many could not be checked."),
  settings: z
    .int()
    .nonnegative()
    .describe("How many settings drifted; an object that is gone counts as one."),
});

export const driftReport = z.object({
  version: z.literal(1).describe("Grows when a field changes its meaning or goes away."),
  checkedAt: z.string().describe("When the check began, as an RFC 3339 time."),
  summary: summary.describe("The figures."),
  stacks: z
    .array(stackReport)
    .describe(
      "All stacks: those with dangerous drift first, then the drifted, the failed, the rest.",
    ),
});

/** The parts of the report, as its documentation names them. */
export const PARTS = {
  report: driftReport,
  summary,
  stack: stackReport,
  resource: resourceReport,
  "setting that drifted": settingDrift,
  "unmanaged setting": unmanagedSetting,
} as const;

export type DriftReport = z.infer<typeof driftReport>;
export type DriftSummary = z.infer<typeof summary>;
export type StackReport = z.infer<typeof stackReport>;
export type ResourceReport = z.infer<typeof resourceReport>;
export type SettingDrift = z.infer<typeof settingDrift>;
export type UnmanagedSetting = z.infer<typeof unmanagedSetting>;
