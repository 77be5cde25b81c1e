import { count, summaryLine } from "./report.js";
import type { DriftReport, ResourceReport, StackReport } from "./report-schema.js";
import { isUnset, showValue, visible } from "./show.js";

/** An issue takes 65,536 characters. */
const MOST = 60_000;

/** The report for an issue or a chat message. */
export function renderMarkdown(report: DriftReport): string {
  const sections = report.stacks
    .filter(({ resources, status }) => status !== "clean" || resources.length > 0)
    .map(stackSection);
  const shown = firstOf(sections);
  const left = sections.length - shown.length;
  return [
    "## Zero Trust drift",
    summaryLine(report.summary),
    ...shown,
    ...(left > 0
      ? [`**${count(left, "more stack")} would not fit here**: the JSON and HTML reports hold all.`]
      : []),
    `_Checked at ${report.checkedAt}._`,
    "",
  ].join("\n\n");
}

/** As many of the texts, from the first on, as there is room for. */
function firstOf(texts: readonly string[]): readonly string[] {
  let length = 0;
  const over = texts.findIndex((text) => (length += text.length + 2) > MOST);
  return over === -1 ? texts : texts.slice(0, over);
}

function stackSection({ project, stack, error, resources }: StackReport): string {
  return [
    `### ${[project, ...(stack === "" ? [] : [stack])].map(textCode).join(" / ")}`,
    ...(error === undefined ? [] : ["Could not be checked:", fenced(error)]),
    ...resources.flatMap(resourceLines),
  ].join("\n\n");
}

function resourceLines(resource: ResourceReport): string[] {
  const { name, id, gone, changedAt, settings, unmanaged = [] } = resource;
  const when = changedAt === undefined ? "" : `, last changed ${textCode(changedAt)}`;
  const title = `**${textCode(name)}** of ${textCode(id)}${when}`;
  if (gone) return [title, "⚠️ The live object is gone."];
  const rows = [
    ...settings.map(({ setting, stated, live, danger }) =>
      row(mark(danger), textCode(setting), valueCell(stated), valueCell(live)),
    ),
    ...unmanaged.map(({ setting, live, danger }) =>
      row(mark(danger), textCode(setting), "_not managed_", valueCell(live)),
    ),
  ];
  const dangers = [...settings, ...unmanaged].flatMap(({ setting, danger }) =>
    danger === undefined ? [] : [`- ⚠️ ${textCode(setting)}: ${danger}.`],
  );
  return [
    title,
    [row("", "setting", "stated", "live"), row("---", "---", "---", "---"), ...rows].join("\n"),
    ...(dangers.length > 0 ? [dangers.join("\n")] : []),
  ];
}

function row(...cells: readonly string[]): string {
  // `visible` has doubled every backslash, so that one more escapes the bar and nothing else.
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function mark(danger: string | undefined): string {
  return danger === undefined ? "" : "⚠️";
}

function valueCell(value: unknown): string {
  return isUnset(value) ? "_not set_" : code(showValue(value));
}

function textCode(text: string): string {
  return code(visible(text));
}

/**
 * Other people's text as code: nothing of it becomes markup, a link, a mention of someone or a
 * reference to another issue.
 */
function code(shown: string): string {
  const fence = "`".repeat(longestRun(shown, /`+/g) + 1);
  const space = fence.length > 1 || shown.trim() === "" ? " " : "";
  return `${fence}${space}${shown}${space}${fence}`;
}

function fenced(error: string): string {
  const lines = error.split("\n").map(visible).join("\n");
  const fence = "~".repeat(Math.max(3, longestRun(lines, /~+/g) + 1));
  return [fence, lines, fence].join("\n");
}

function longestRun(text: string, runs: RegExp): number {
  return Math.max(0, ...(text.match(runs) ?? []).map((run) => run.length));
}
