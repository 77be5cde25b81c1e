import { reportOf } from "../../../provider/cli/drift/report.js";
import type {
  DriftReport,
  ResourceReport,
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

export function report(...stacks: readonly StackReport[]): DriftReport {
  return reportOf(new Date("2026-11-22T03:17:00Z"), stacks);
}

/** The lines of a rendered report that match a pattern. */
export function linesWith(text: string, pattern: RegExp): string[] {
  return text.split("\n").filter((line) => pattern.test(line));
}

/** A report with one of each finding. */
export function sample(): DriftReport {
  return report(
    stack("quiet"),
    stack("unused", { status: "empty" }),
    stack("broken", {
      status: "failed",
      error: "403 for the account\nThe token lacks a permission.",
    }),
    stack("prod", {
      status: "drifted",
      resources: [
        resource({
          name: "doh",
          settings: [{ setting: "dohJwtDuration", declared: "24h", live: null }],
        }),
        resource({
          changedAt: "2026-11-21T22:05:41Z",
          settings: [
            {
              setting: "denyUnmatchedRequests",
              declared: true,
              live: false,
              risk: "Requests to hosts that no Access application covers are no longer blocked",
            },
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
        }),
      ],
    }),
    stack("lost", { status: "drifted", resources: [resource({ notFound: true })] }),
  );
}

/** A report with each answer to who changed a setting. */
export function attributed(text = "alex@example.com"): DriftReport {
  const drift = { setting: "sessionDuration", declared: "12h", live: "48h" };
  const reason = "Cloudflare has no audit log of zones";
  return report(
    stack("prod", {
      status: "drifted",
      resources: [
        resource({
          settings: [
            {
              ...drift,
              changedBy: {
                match: "exact",
                actor: text,
                via: "dashboard",
                at: "2026-11-21T22:05:41Z",
                rayId: "8e9b1c60ef9e1c9a",
                email: text,
                ipAddress: "192.0.2.10",
                userAgent: "Mozilla/5.0",
              },
            },
            {
              setting: "denyUnmatchedRequests",
              declared: true,
              live: false,
              risk: "Requests to hosts that no Access application covers are no longer blocked",
              changedBy: { match: "probable", actor: text, via: "API token", tokenName: text },
            },
          ],
        }),
        resource({
          name: "zone",
          settings: [
            { ...drift, changedBy: { match: "unknown", reason } },
            { ...drift, setting: "name", changedBy: { match: "unknown", reason } },
          ],
        }),
      ],
    }),
  );
}

/** A report with each result of a remediation. */
export function remediated(): DriftReport {
  const drift = (setting: string) => ({ setting, declared: "12h", live: "48h" });
  return report(
    stack("prod", {
      status: "drifted",
      resources: [
        resource({
          name: "fixed",
          settings: [drift("sessionDuration")],
          remediation: { result: "remediated" },
        }),
        resource({
          name: "ignored",
          settings: [drift("sessionDuration"), drift("warpAuthSessionDuration")],
          remediation: { result: "notApplied", notApplied: ["warpAuthSessionDuration"] },
        }),
        resource({
          name: "lost",
          notFound: true,
          remediation: { result: "skipped", reason: "the live object was not found" },
        }),
        resource({
          name: "rejected",
          settings: [drift("sessionDuration"), drift("name")],
          remediation: { result: "failed", reason: "PUT was rejected with 403\nRestored." },
        }),
      ],
    }),
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
