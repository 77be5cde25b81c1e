import type {
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
} from "@pulumi/policy";

const ORGANIZATION = "pulumi-nodejs:dynamic/zerotrust:Organization";

/** How long a login may last where the configuration does not say. */
const DEFAULT_HOURS = 24;

/**
 * A rule for organizations: what is wrong with one, in a sentence that says what to state. Zones
 * take only a few settings, so that most rules are for accounts.
 */
function rule(
  name: string,
  description: string,
  wrong: (args: ResourceValidationArgs) => string | undefined,
  {
    zones = false,
    ...more
  }: { zones?: boolean } & Pick<ResourceValidationPolicy, "configSchema"> = {},
): ResourceValidationPolicy {
  return {
    name,
    description,
    ...more,
    validateResource: (args: ResourceValidationArgs, report: ReportViolation) => {
      if (args.type !== ORGANIZATION || (!zones && args.props.zoneId !== undefined)) return;
      const problem = wrong(args);
      if (problem !== undefined) report(problem);
    },
  };
}

/** A setting that has to be stated, and on: one that is left out can be switched off by anyone. */
function isOn(setting: string, because: string) {
  return ({ props }: ResourceValidationArgs) =>
    props[setting] === true ? undefined : `State ${setting}: true. ${because}`;
}

export const rules: ResourceValidationPolicy[] = [
  rule(
    "deny-unmatched-requests",
    "Hosts that no Access application covers are blocked.",
    isOn("denyUnmatchedRequests", "Else hosts without an application are open to everyone."),
  ),
  rule(
    "mfa-required",
    "Every application asks for a second factor.",
    isOn("mfaRequiredForAllApps", "Else each application decides for itself."),
  ),
  rule(
    "session-duration",
    "A login ends after some hours.",
    (args) => {
      const { hours = DEFAULT_HOURS } = args.getConfig<{ hours?: number }>();
      const { sessionDuration } = args.props as { sessionDuration?: unknown };
      const lasts = hoursOf(sessionDuration);
      return lasts !== undefined && lasts <= hours
        ? undefined
        : `State a sessionDuration of at most ${hours}h. It is ${shown(sessionDuration)}.`;
    },
    {
      configSchema: {
        properties: { hours: { type: "number", exclusiveMinimum: 0, default: DEFAULT_HOURS } },
      },
    },
  ),
  rule(
    "read-only-dashboard",
    "Settings change through code alone.",
    isOn("isUiReadOnly", "Else people change settings in the dashboard, and nobody reviews it."),
    { zones: true },
  ),
  rule(
    "strict-service-tokens",
    "Service tokens must fulfil the policies of the application.",
    isOn("strictServiceTokenAuth", "Else every service token of the account is let in."),
  ),
];

function shown(value: unknown): string {
  return value === undefined ? "left out" : JSON.stringify(value);
}

const PER_HOUR: Readonly<Record<string, number>> = { h: 1, m: 60, s: 3600, ms: 3_600_000 };

/** The hours of a Go duration such as "1h30m"; undefined for anything else. */
export function hoursOf(duration: unknown): number | undefined {
  if (typeof duration !== "string" || !/^(\d+(\.\d+)?(h|ms|m|s))+$/.test(duration))
    return undefined;
  const parts = [...duration.matchAll(/([\d.]+)(h|ms|m|s)/g)];
  return parts.reduce(
    (sum, [, number, unit = ""]) => sum + Number(number) / (PER_HOUR[unit] ?? 1),
    0,
  );
}
