import { displayText, displayValue, isUnset } from "./display.js";
import { changesOf, remediationText, summaryLine } from "./report.js";
import type { DriftReport, Remediation, ResourceReport, StackReport } from "./report-schema.js";

/** The body of a GitHub issue is limited to 65,536 characters. */
const MAX_LENGTH = 60_000;

/** Renders the report for an issue or a chat message. */
export function renderMarkdown(report: DriftReport): string {
  const parts = report.stacks
    .filter(({ resources, status }) => status !== "clean" || resources.length > 0)
    .flatMap(stackParts);
  const shown = firstOf(parts);
  return [
    "## Zero Trust drift",
    summaryLine(report.summary),
    ...shown,
    ...(shown.length < parts.length
      ? ["**The rest is omitted**: the JSON and HTML reports list everything."]
      : []),
    `_Checked at ${report.checkedAt}._`,
    "",
  ].join("\n\n");
}

/** The first texts that fit into the maximum length. */
function firstOf(texts: readonly string[]): readonly string[] {
  let length = 0;
  const over = texts.findIndex((text) => (length += text.length + 2) > MAX_LENGTH);
  return over === -1 ? texts : texts.slice(0, over);
}

/** The parts of a stack's section: the heading with the first resource, then one for each other resource. */
function stackParts({ project, stack, status, error, resources }: StackReport): string[] {
  const heading = [
    `### ${[project, ...(stack === "" ? [] : [stack])].map(textCode).join(" / ")}`,
    ...(status === "empty" ? ["⚠️ No Zero Trust resources that can drift."] : []),
    ...(error === undefined ? [] : ["Could not be checked:", fenced(error)]),
  ];
  const [first = [], ...others] = resources.map(resourceLines);
  return [[...heading, ...first], ...others].map((lines) => lines.join("\n\n"));
}

function resourceLines(resource: ResourceReport): string[] {
  const { name, id, notFound, changedAt, remediation } = resource;
  const when = changedAt === undefined ? "" : `, last changed ${textCode(changedAt)}`;
  return [
    `**${textCode(name)}** of ${textCode(id)}${when}`,
    ...(notFound ? ["⚠️ Cloudflare no longer has this object."] : settingLines(resource)),
    ...(remediation === undefined ? [] : remediationLines(remediation)),
  ];
}

function settingLines({ settings, unmanaged = [] }: ResourceReport): string[] {
  const rows = [
    ...settings.map(({ setting, declared, live, risk }) =>
      row(mark(risk), textCode(setting), valueCell(declared), valueCell(live)),
    ),
    ...unmanaged.map(({ setting, live, risk }) =>
      row(mark(risk), textCode(setting), "_not managed_", valueCell(live)),
    ),
  ];
  const changes = changesOf(settings).map(
    (change) => `- ${change.settings.map(textCode).join(", ")}: ${textCode(change.text)}`,
  );
  const risks = [...settings, ...unmanaged].flatMap(({ setting, risk }) =>
    risk === undefined ? [] : [`- ⚠️ ${textCode(setting)}: ${risk}.`],
  );
  const head = [row("", "setting", "declared", "live"), row("---", "---", "---", "---")];
  const notes = [...risks, ...changes];
  return [[...head, ...rows].join("\n"), ...(notes.length > 0 ? [notes.join("\n")] : [])];
}

function remediationLines(remediation: Remediation): string[] {
  const { result, reason } = remediation;
  if (result === "remediated") return ["Remediation: ✅ remediated."];
  return result === "failed" && reason !== undefined
    ? ["Remediation: ❌ failed:", fenced(reason)]
    : [`Remediation: ⚠️ ${textCode(remediationText(remediation))}`];
}

function row(...cells: readonly string[]): string {
  // `displayText` doubles every backslash, so another one escapes the bar and nothing else.
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function mark(risk: string | undefined): string {
  return risk === undefined ? "" : "⚠️";
}

function valueCell(value: unknown): string {
  return isUnset(value) ? "_not set_" : code(displayValue(value));
}

function textCode(text: string): string {
  return code(displayText(text));
}

/**
 * Formats text that other people can choose as code, so that it becomes no markup, link, mention,
 * or reference to an issue.
 */
function code(text: string): string {
  const fence = "`".repeat(longestRun(text, /`+/g) + 1);
  const space = fence.length > 1 || text.trim() === "" ? " " : "";
  return `${fence}${space}${text}${space}${fence}`;
}

function fenced(error: string): string {
  const lines = error.split("\n").map(displayText).join("\n");
  const fence = "~".repeat(Math.max(3, longestRun(lines, /~+/g) + 1));
  return [fence, lines, fence].join("\n");
}

function longestRun(text: string, runs: RegExp): number {
  return Math.max(0, ...(text.match(runs) ?? []).map((run) => run.length));
}
