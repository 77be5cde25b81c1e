/** The schema's version: it grows when a field changes its meaning or goes away. */
export const REPORT_VERSION = 1;

/** What a drift check found: the form of `--json`. */
export interface DriftReport {
  readonly version: typeof REPORT_VERSION;
  /** When the check began, as an RFC 3339 time. */
  readonly checkedAt: string;
  readonly summary: DriftSummary;
  readonly stacks: readonly StackReport[];
}

export interface DriftSummary {
  /** How many stacks were checked. */
  readonly stacks: number;
  /** How many of them drifted. */
  readonly drifted: number;
  /** How many could not be checked. */
  readonly failed: number;
  /** How many settings drifted in all; an object that is gone counts as one. */
  readonly settings: number;
}

export interface StackReport {
  readonly project: string;
  readonly stack: string;
  /** The project's folder, as it was given. */
  readonly dir: string;
  readonly status: "clean" | "drifted" | "failed";
  /** Why it could not be checked, where it could not. */
  readonly error?: string;
  readonly resources: readonly ResourceReport[];
}

/** A resource that drifted, or that holds something that no program states. */
export interface ResourceReport {
  readonly urn: string;
  readonly name: string;
  /** `accounts/<id>` or `zones/<id>`. */
  readonly id: string;
  /** Whether the live object is gone altogether. */
  readonly gone: boolean;
  /** When the live object last changed, as an RFC 3339 time, where Cloudflare tells. */
  readonly changedAt?: string;
  /** The dangerous ones first. */
  readonly settings: readonly SettingDrift[];
  /** Live settings that are set and that no program states; only where they were asked for. */
  readonly unmanaged?: readonly UnmanagedSetting[];
}

export interface SettingDrift {
  /** The argument, such as `loginDesign.headerText`. */
  readonly setting: string;
  /** What the program states, and the state holds; null where it is stated empty. */
  readonly stated: unknown;
  /** What is live; null where it is not set. */
  readonly live: unknown;
  /** What the drift means for people, where that is dangerous. */
  readonly danger?: string;
}

export interface UnmanagedSetting {
  readonly setting: string;
  readonly live: unknown;
  /** What a change of it would mean for people, where that is dangerous. */
  readonly danger?: string;
}

/** A report of stacks, in the order in which they are given. */
export function reportOf(checkedAt: Date, stacks: readonly StackReport[]): DriftReport {
  const drifted = stacks.flatMap(({ resources }) =>
    resources.map(({ gone, settings }) => (gone ? 1 : settings.length)),
  );
  return {
    version: REPORT_VERSION,
    checkedAt: checkedAt.toISOString(),
    summary: {
      stacks: stacks.length,
      drifted: stacks.filter(({ status }) => status === "drifted").length,
      failed: stacks.filter(({ status }) => status === "failed").length,
      settings: drifted.reduce((sum, number) => sum + number, 0),
    },
    stacks,
  };
}

/** A line for a person: how many of how many. */
export function summaryLine({ stacks, drifted, failed, settings }: DriftSummary): string {
  const parts = [
    drifted === 0
      ? `No drift in ${count(stacks - failed, "stack")}.`
      : `${count(settings, "setting")} drifted in ${drifted} of ${count(stacks, "stack")}.`,
    ...(failed === 0 ? [] : [`${count(failed, "stack")} could not be checked.`]),
  ];
  return parts.join(" ");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** A value as a person reads it. */
export function showValue(value: unknown): string {
  if (value === null || value === undefined || value === "") return "not set";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.length === 0 ? "not set" : value.map(showValue).join(", ");
  return JSON.stringify(value);
}
