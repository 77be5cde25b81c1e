import { reportOf } from "../../../provider/cli/drift/report.js";
import type {
  DriftReport,
  ResourceReport,
  StackReport,
} from "../../../provider/cli/drift/report-schema.js";
import { ACCOUNT } from "../../ids.js";

/** A resource that did not drift, but for what is given. */
export function resource(given: Partial<ResourceReport> = {}): ResourceReport {
  const name = given.name ?? "organization";
  return {
    urn: `urn:pulumi:prod::accounts::pulumi-nodejs:dynamic/zerotrust:Organization::${name}`,
    name,
    id: `accounts/${ACCOUNT}`,
    gone: false,
    settings: [],
    ...given,
  };
}

/** A stack without drift, but for what is given. */
export function stack(name: string, given: Partial<StackReport> = {}): StackReport {
  return { project: "accounts", stack: name, dir: ".", status: "clean", resources: [], ...given };
}

export function report(...stacks: readonly StackReport[]): DriftReport {
  return reportOf(new Date("2026-11-22T03:17:00Z"), stacks);
}

/** A report with one of everything. */
export function sample(): DriftReport {
  return report(
    stack("quiet"),
    stack("broken", {
      status: "failed",
      error: "403 for the account\nThe token lacks a permission.",
    }),
    stack("prod", {
      status: "drifted",
      resources: [
        resource({
          name: "doh",
          settings: [{ setting: "dohJwtDuration", stated: "24h", live: null }],
        }),
        resource({
          changedAt: "2026-11-21T22:05:41Z",
          settings: [
            {
              setting: "denyUnmatchedRequests",
              stated: true,
              live: false,
              danger: "requests to hosts that no Access application covers will get through",
            },
            {
              setting: "mfaConfig.allowedAuthenticators",
              stated: ["security_key"],
              live: ["security_key", "totp"],
            },
          ],
          unmanaged: [
            {
              setting: "authDomain",
              live: "team.cloudflareaccess.com",
              danger: "if changed, every login URL changes, and all sessions end",
            },
            { setting: "additionalSettings.new_thing", live: { on: true } },
          ],
        }),
      ],
    }),
    stack("lost", { status: "drifted", resources: [resource({ gone: true })] }),
  );
}

/** What an attacker who may write settings, or only break things, could try to put into a report. */
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

/** A report in which every text that others can choose is the given one. */
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
            { setting: `additionalSettings.${text}`, stated: [text], live: { [text]: text } },
            { setting: "loginDesign.headerText", stated: null, live: text },
          ],
          unmanaged: [{ setting: `additionalSettings.${text}`, live: text }],
        }),
        resource({ name: text, id: text, gone: true }),
      ],
    }),
    stack(text, { project: text, status: "failed", error: text }),
  );
}
