import { z } from "zod";

/*
 * The form of `drift --json`. The types below, the published JSON Schema and the tables of
 * docs/drift-detection.md are derived from it. At run time, only types are imported from this file.
 */

const risk = z.string().describe("The impact of the change on people, if the change is risky.");

const changedBy = z.object({
  match: z
    .enum(["exact", "probable", "unknown"])
    .describe(
      "`exact`: the logged request set the live value; an older one had another value. `probable`: the oldest logged request with the live value, or, if no request contains the setting, the newest write up to the time when the object last changed. `unknown`: see `reason`.",
    ),
  reason: z.string().optional().describe("Why it is unknown who changed the setting."),
  actor: z
    .string()
    .optional()
    .describe(
      "The name of the API token, the email, or the kind of actor, such as `Cloudflare system`.",
    ),
  via: z
    .enum(["dashboard", "API token", "API key", "OAuth", "API", "Origin CA key"])
    .optional()
    .describe("How the actor authenticated."),
  at: z.string().optional().describe("The time of the change, as an RFC 3339 time."),
  rayId: z.string().optional().describe("The ray id of the request."),
  email: z.string().optional().describe("The email of the user, or of the token's owner."),
  tokenName: z.string().optional().describe("The name of the API token."),
  ipAddress: z.string().optional().describe("The IP address of the request."),
  userAgent: z.string().optional().describe("The user agent of the request."),
});

const settingDrift = z.object({
  setting: z.string().describe("The input, such as `loginDesign.headerText`."),
  declared: z
    .unknown()
    .describe("The last deployed value of the declared setting; null if it is declared empty."),
  live: z.unknown().describe("The live value; null if the setting is not set."),
  risk: risk.optional(),
  changedBy: changedBy
    .optional()
    .describe("Who changed the setting, from the audit log of the account. Only with `--who`."),
});

const unmanagedSetting = z.object({
  setting: z.string().describe("The input that would declare the setting."),
  live: z.unknown().describe("The live value."),
  risk: risk.optional(),
});

const remediation = z.object({
  result: z
    .enum(["remediated", "notApplied", "skipped", "failed"])
    .describe(
      "`notApplied`: Cloudflare accepted the write, but the check after it still finds drift.",
    ),
  reason: z.string().optional().describe("Why the resource was skipped or failed."),
  notApplied: z
    .array(z.string())
    .optional()
    .describe("The settings that are still drifted after the write."),
});

const resourceReport = z.object({
  urn: z.string().describe("The resource's URN."),
  name: z.string().describe("The resource's name."),
  id: z.string().describe("`accounts/<id>` or `zones/<id>`."),
  notFound: z.boolean().describe("Whether Cloudflare no longer has the object."),
  changedAt: z
    .string()
    .optional()
    .describe(
      "When the live object last changed, as an RFC 3339 time. For DoH settings only with `--who`, from the audit log.",
    ),
  settings: z.array(settingDrift).describe("The drifted settings, risky ones first."),
  unmanaged: z
    .array(unmanagedSetting)
    .optional()
    .describe("Live settings that no program declares. Only with `--unmanaged`."),
  remediation: remediation
    .optional()
    .describe("The result of the remediation. Only with `--remediate`."),
});

const stackReport = z.object({
  project: z.string().describe("The project's name, or its directory if the name is not known."),
  stack: z.string().describe("The stack's name; empty if no stack was found."),
  dir: z.string().describe("The project's directory, as given on the command line."),
  status: z
    .enum(["clean", "drifted", "empty", "failed"])
    .describe(
      "The result of the check. `empty`: the stack has no Zero Trust resources that can drift. `failed`: at least one resource could not be checked.",
    ),
  error: z.string().optional().describe("Why the check failed."),
  resources: z.array(resourceReport).describe("The resources with drift or unmanaged settings."),
});

const count = z.int().nonnegative();

const remediationSummary = z.object({
  remediated: count.describe("Resources without drift after the remediation."),
  notApplied: count.describe("Resources that are still drifted after the write."),
  skipped: count.describe("Resources that were not written."),
  failed: count.describe("Resources whose remediation failed."),
});

const summary = z.object({
  stacks: count.describe(
    "Checked stacks. A directory whose stacks could not be listed counts as one.",
  ),
  drifted: count.describe("Stacks with drift."),
  failed: count.describe("Stacks that could not be checked completely."),
  empty: count.describe("Stacks without Zero Trust resources that can drift."),
  settings: count.describe("Drifted settings. An object that was not found counts as one."),
  risks: count.describe("Drifted settings that are risky, including objects not found."),
  remaining: count.describe("Settings that are still drifted; without `--remediate`, all of them."),
  remediation: remediationSummary
    .optional()
    .describe("Resources by the result of the remediation. Only with `--remediate`."),
});

export const driftReport = z.object({
  version: z.literal(2).describe("Incremented when a field changes its meaning or is removed."),
  checkedAt: z.string().describe("When the check started, as an RFC 3339 time."),
  summary: summary.describe("The totals."),
  stacks: z
    .array(stackReport)
    .describe("All stacks: first those with risky drift, then drifted, failed, and other stacks."),
});

/** The parts of the report, by their headings in the documentation. */
export const PARTS = {
  report: driftReport,
  summary,
  "remediation summary": remediationSummary,
  stack: stackReport,
  resource: resourceReport,
  "drifted setting": settingDrift,
  "changed by": changedBy,
  "unmanaged setting": unmanagedSetting,
  remediation,
} as const;

export type DriftReport = z.infer<typeof driftReport>;
export type DriftSummary = z.infer<typeof summary>;
export type StackReport = z.infer<typeof stackReport>;
export type ResourceReport = z.infer<typeof resourceReport>;
export type SettingDrift = z.infer<typeof settingDrift>;
export type UnmanagedSetting = z.infer<typeof unmanagedSetting>;
export type Remediation = z.infer<typeof remediation>;
export type ChangedBy = z.infer<typeof changedBy>;
