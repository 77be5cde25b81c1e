import { impactClause } from "../../schema/risks.js";
import { displayText, displayValue } from "./display.js";
import { changedByText, remediationText } from "./report.js";
import type { DriftReport, Remediation, ResourceReport, StackReport } from "./report-schema.js";

type Level = "error" | "warning" | "notice";

/** Renders the report as workflow commands of GitHub Actions: one annotation for each drifted setting. */
export function renderAnnotations(report: DriftReport): string {
  return report.stacks.map((stack) => `${stackLines(stack).join("\n")}\n`.trimStart()).join("");
}

function stackLines({ project, stack, status, error, resources }: StackReport): string[] {
  const title = [project, ...(stack === "" ? [] : [stack])].map(displayText).join("/");
  return [
    ...resources.flatMap((resource) => resourceLines(title, resource)),
    ...(error === undefined ? [] : [annotation("error", `${title} could not be checked`, error)]),
    ...(status === "empty"
      ? [annotation("warning", title, `No Zero Trust resources that can drift in stack ${title}.`)]
      : []),
  ];
}

function resourceLines(stack: string, resource: ResourceReport): string[] {
  const { name, id, notFound, settings, remediation } = resource;
  const title = `${stack}: ${displayText(name)}`;
  const result = remediation === undefined ? "" : ` Remediation: ${sentence(remediation)}`;
  if (notFound)
    return [
      annotation(
        levelOf(remediation, "", true),
        `${title} not found`,
        `Cloudflare no longer has the object of ${displayText(id)}.${result}`,
      ),
    ];
  return settings.map(({ setting, declared, live, risk, changedBy }) => {
    const change = `${displayText(setting)} is ${displayValue(live)}, declared as ${displayValue(declared)}`;
    const impact = risk === undefined ? "" : `: ${impactClause(risk)}`;
    const who = changedBy === undefined ? "" : `; ${displayText(changedByText(changedBy))}`;
    const level = levelOf(remediation, setting, risk !== undefined);
    return annotation(level, `${title} drifted`, `${change}${impact}${who}.${result}`);
  });
}

function levelOf(remediation: Remediation | undefined, setting: string, isRisky: boolean): Level {
  const { result, notApplied = [] } = remediation ?? {};
  const isRemediated =
    result === "remediated" || (result === "notApplied" && !notApplied.includes(setting));
  return isRemediated ? "notice" : isRisky ? "error" : "warning";
}

function sentence(remediation: Remediation): string {
  return `${remediationText(remediation).replace(/\.$/, "")}.`;
}

function annotation(level: Level, title: string, message: string): string {
  return `::${level} title=${escapeProperty(title)}::${escapeData(message)}`;
}

// The runner reads one command per line; these are its own escapes.
function escapeData(value: string): string {
  return value.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(value: string): string {
  return escapeData(value).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
