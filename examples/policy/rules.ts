import type {
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
} from "@pulumi/policy";

const ORGANIZATION = "pulumi-nodejs:dynamic/zerotrust:Organization";

/** The longest session if the configuration does not set one. */
const DEFAULT_HOURS = 24;

/**
 * Creates a policy for organizations. `violation` returns a message that says what to declare, or
 * undefined. Most policies are for accounts only, because zones accept few settings.
 */
function rule(
  name: string,
  description: string,
  violation: (args: ResourceValidationArgs) => string | undefined,
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
      const message = violation(args);
      if (message !== undefined) report(message);
    },
  };
}

/** Requires `true`. An undeclared setting is a violation, because anyone can switch it off. */
function mustBeOn(setting: string, reason: string) {
  return ({ props }: ResourceValidationArgs) =>
    props[setting] === true ? undefined : `Declare ${setting}: true. ${reason}`;
}

export const rules: ResourceValidationPolicy[] = [
  rule(
    "deny-unmatched-requests",
    "Requests to hosts that no Access application covers are blocked.",
    mustBeOn(
      "denyUnmatchedRequests",
      "Otherwise hosts without an application are open to everyone.",
    ),
  ),
  rule(
    "mfa-required",
    "Every application requires a second factor.",
    mustBeOn("mfaRequiredForAllApps", "Otherwise each application decides."),
  ),
  rule(
    "session-duration",
    "A session ends after a limited number of hours.",
    (args) => {
      const { hours = DEFAULT_HOURS } = args.getConfig<{ hours?: number }>();
      const { sessionDuration } = args.props as { sessionDuration?: unknown };
      const declared = hoursOf(sessionDuration);
      return declared !== undefined && declared <= hours
        ? undefined
        : `Declare a sessionDuration of at most ${hours}h. It is ${display(sessionDuration)}.`;
    },
    {
      configSchema: {
        properties: { hours: { type: "number", exclusiveMinimum: 0, default: DEFAULT_HOURS } },
      },
    },
  ),
  rule(
    "read-only-dashboard",
    "Settings change only through code.",
    mustBeOn("isUiReadOnly", "Otherwise people change settings in the dashboard without a review."),
    { zones: true },
  ),
  rule(
    "strict-service-tokens",
    "Service tokens must satisfy the policies of the application.",
    mustBeOn("strictServiceTokenAuth", "Otherwise every service token of the account has access."),
  ),
];

function display(value: unknown): string {
  return value === undefined ? "not declared" : JSON.stringify(value);
}

const PER_HOUR: Readonly<Record<string, number>> = { h: 1, m: 60, s: 3600, ms: 3_600_000 };

/** Parses a Go duration such as "1h30m" into hours. Returns undefined for anything else. */
export function hoursOf(duration: unknown): number | undefined {
  if (typeof duration !== "string" || !/^(\d+(\.\d+)?(h|ms|m|s))+$/.test(duration))
    return undefined;
  const parts = [...duration.matchAll(/([\d.]+)(h|ms|m|s)/g)];
  return parts.reduce(
    (sum, [, number, unit = ""]) => sum + Number(number) / (PER_HOUR[unit] ?? 1),
    0,
  );
}
