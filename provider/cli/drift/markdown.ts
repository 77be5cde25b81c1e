import { showValue, summaryLine, type DriftReport, type StackReport } from "./report.js";

/** The report for an issue or a chat message. */
export function renderMarkdown(report: DriftReport): string {
  const sections = report.stacks
    .filter(({ resources, status }) => status !== "clean" || resources.length > 0)
    .map(stackSection);
  return [
    "## Zero Trust drift",
    summaryLine(report.summary),
    ...sections,
    `_Checked at ${report.checkedAt}._`,
    "",
  ].join("\n\n");
}

function stackSection({ project, stack, error, resources }: StackReport): string {
  const title = `### ${text(project)} / ${text(stack)}`;
  if (error !== undefined) return `${title}\n\nCould not be checked:\n\n${fenced(error)}`;
  const rows = resources.flatMap(({ name, id, gone, changedAt = "", settings, unmanaged = [] }) => [
    ...(gone ? [row("⚠️", name, id, "the whole object", "there", "gone", "")] : []),
    ...settings.map(({ setting, stated, live, danger }) =>
      row(danger ? "⚠️" : "", name, id, setting, showValue(stated), showValue(live), changedAt),
    ),
    ...unmanaged.map(({ setting, live, danger }) =>
      row(danger ? "⚠️" : "", name, id, setting, "not managed", showValue(live), changedAt),
    ),
  ]);
  const head =
    "| | resource | of | setting | stated | live | last changed |\n|---|---|---|---|---|---|---|";
  const notes = [
    ...new Set(
      resources.flatMap(({ settings }) =>
        settings.flatMap(({ setting, danger }) =>
          danger ? [`- ⚠️ \`${setting}\`: ${danger}.`] : [],
        ),
      ),
    ),
  ];
  return [title, [head, ...rows].join("\n"), ...(notes.length > 0 ? [notes.join("\n")] : [])].join(
    "\n\n",
  );
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => text(cell)).join(" | ")} |`;
}

/** Live values are other people's text: nothing of it may become markup, or end the table. */
function text(value: string): string {
  return value.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>|#!@]/g, (character) => `\\${character}`);
}

function fenced(error: string): string {
  return ["~~~", error.replaceAll("~~~", "~ ~ ~"), "~~~"].join("\n");
}
