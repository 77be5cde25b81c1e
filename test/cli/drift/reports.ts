import { reportOf } from "../../../provider/cli/drift/report.js";
import type {
  ChangedBy,
  DriftReport,
  Remediation,
  ResourceReport,
  SettingDrift,
  StackReport,
} from "../../../provider/cli/drift/report-schema.js";
import { ACCOUNT } from "../../ids.js";

/** A resource without drift, except for the given fields. */
export function resource(given: Partial<ResourceReport> = {}): ResourceReport {
  const name = given.name ?? "organization";
  return {
    urn: `urn:pulumi:prod::accounts::pulumi-nodejs:dynamic/zerotrust:Organization::${name}`,
    name,
    id: `accounts/${ACCOUNT}`,
    notFound: false,
    settings: [],
    ...given,
  };
}

/** A stack without drift, except for the given fields. */
export function stack(name: string, given: Partial<StackReport> = {}): StackReport {
  return { project: "accounts", stack: name, dir: ".", status: "clean", resources: [], ...given };
}

/** A stack with these drifted resources. */
export function drifted(name: string, ...resources: readonly ResourceReport[]): StackReport {
  return stack(name, { status: "drifted", resources: [...resources] });
}

export const DRIFT: SettingDrift = { setting: "sessionDuration", declared: "12h", live: "48h" };

export const RISKY_DRIFT: SettingDrift = {
  setting: "denyUnmatchedRequests",
  declared: true,
  live: false,
  risk: "Requests to hosts that no Access application covers are no longer blocked",
};

export function report(...stacks: readonly StackReport[]): DriftReport {
  return reportOf(new Date("2026-11-22T03:17:00Z"), stacks);
}

/** The lines of a rendered report that match a pattern. */
export function linesWith(text: string, pattern: RegExp): string[] {
  return text.split("\n").filter((line) => pattern.test(line));
}

/** A report with one of each finding. */
export function sample(): DriftReport {
  const organization = resource({
    changedAt: "2026-11-21T22:05:41Z",
    settings: [
      RISKY_DRIFT,
      {
        setting: "mfaConfig.allowedAuthenticators",
        declared: ["security_key"],
        live: ["security_key", "totp"],
      },
    ],
    unmanaged: [
      {
        setting: "authDomain",
        live: "team.cloudflareaccess.com",
        risk: "if changed, every login URL changes, and all sessions end",
      },
      { setting: "additionalSettings.new_thing", live: { on: true } },
    ],
  });
  const doh = resource({
    name: "doh",
    settings: [{ setting: "dohJwtDuration", declared: "24h", live: null }],
  });
  return report(
    stack("quiet"),
    stack("unused", { status: "empty" }),
    stack("broken", {
      status: "failed",
      error: "403 for the account\nThe token lacks a permission.",
    }),
    drifted("prod", doh, organization),
    drifted("lost", resource({ notFound: true })),
  );
}

/** A report with each answer to who changed a setting. */
export function attributed(): DriftReport {
  const email = "alex@example.com";
  const exact: ChangedBy = {
    match: "exact",
    actor: email,
    via: "dashboard",
    at: "2026-11-21T22:05:41Z",
    rayId: "8e9b1c60ef9e1c9a",
    email,
    ipAddress: "192.0.2.10",
    userAgent: "Mozilla/5.0",
  };
  const probable: ChangedBy = {
    match: "probable",
    actor: email,
    via: "API token",
    tokenName: "ci",
  };
  const unknown: ChangedBy = { match: "unknown", reason: "Cloudflare has no audit log of zones" };
  return report(
    drifted(
      "prod",
      resource({
        settings: [
          { ...DRIFT, changedBy: exact },
          { ...RISKY_DRIFT, changedBy: probable },
        ],
      }),
      resource({
        name: "zone",
        settings: [
          { ...DRIFT, changedBy: unknown },
          { ...DRIFT, setting: "name", changedBy: unknown },
        ],
      }),
    ),
  );
}

/** A report with each result of a remediation. */
export function remediated(): DriftReport {
  const remediatedResource = (name: string, settings: string[], remediation: Remediation) =>
    resource({ name, settings: settings.map((setting) => ({ ...DRIFT, setting })), remediation });
  return report(
    drifted(
      "prod",
      remediatedResource("fixed", ["sessionDuration"], { result: "remediated" }),
      remediatedResource("ignored", ["sessionDuration", "warpAuthSessionDuration"], {
        result: "notApplied",
        notApplied: ["warpAuthSessionDuration"],
      }),
      resource({
        name: "lost",
        notFound: true,
        remediation: { result: "skipped", reason: "the live object was not found" },
      }),
      remediatedResource("rejected", ["sessionDuration", "name"], {
        result: "failed",
        reason: "PUT was rejected with 403\nRestored.",
      }),
    ),
  );
}

/** Texts that an attacker who may write settings, or only break things, could put into a report. */
export const HOSTILE = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `a | b | c`,
  "`code` and ``more``",
  "\\| backslash before a bar",
  "line\n::error title=forged::forged",
  "line\r\n##[error]forged",
  "::warning::forged",
  "100%0Aforged",
  "@everyone #1 https://example.com/phish [x](javascript:alert(1)) ![x](https://example.com/x.png)",
  "\u001b[2J\u001b]8;;https://example.com\u0007cleared",
  "right\u202eto\u2066left",
  "~~~\n## forged",
  "</td></tr></table><h1>forged",
] as const;

/** A report in which the given text is in each place that other people can choose. */
export function hostile(text: string): DriftReport {
  return report(
    stack(text, {
      project: text,
      status: "drifted",
      resources: [
        resource({
          name: text,
          id: text,
          changedAt: text,
          settings: [
            {
              setting: `additionalSettings.${text}`,
              declared: [text],
              live: { [text]: text },
              changedBy: { match: "exact", actor: text, at: text, rayId: text, email: text },
            },
            { setting: "loginDesign.headerText", declared: null, live: text },
          ],
          unmanaged: [{ setting: `additionalSettings.${text}`, live: text }],
        }),
        resource({ name: text, id: text, notFound: true }),
      ],
    }),
    stack(text, { project: text, status: "failed", error: text }),
  );
}
