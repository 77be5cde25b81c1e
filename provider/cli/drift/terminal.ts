import Table from "cli-table3";
import pc from "picocolors";
import {
  showValue,
  summaryLine,
  type DriftReport,
  type ResourceReport,
  type StackReport,
} from "./report.js";

/** The report as a table for a terminal. */
export function renderTerminal(report: DriftReport): string {
  const told = report.stacks.filter(
    ({ status, resources }) => status !== "clean" || resources.length > 0,
  );
  const { drifted, failed } = report.summary;
  const verdict = summaryLine(report.summary);
  return [
    ...told.map(stackText),
    drifted + failed > 0 ? pc.red(verdict) : pc.green(verdict),
    "",
  ].join("\n");
}

function stackText({ project, stack, error, resources }: StackReport): string {
  const title = pc.bold(`${project} / ${stack}`);
  if (error !== undefined)
    return `${title}  ${pc.red("could not be checked")}\n${indented(error)}\n`;
  return [title, ...resources.map(resourceText)].join("\n");
}

function resourceText(resource: ResourceReport): string {
  const { name, id, gone, changedAt, settings, unmanaged = [] } = resource;
  const when = changedAt === undefined ? "" : pc.dim(`, last changed ${changedAt}`);
  const title = `  ${name} ${pc.dim(`(${id})`)}${when}`;
  if (gone) return `${title}\n    ${pc.red("the live object is gone")}\n`;
  const table = new Table({
    head: ["", "setting", "stated", "live"].map(pc.dim),
    chars: NO_LINES,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
  });
  for (const { setting, stated, live, danger } of settings)
    table.push([mark(danger), setting, showValue(stated), pc.red(showValue(live))]);
  for (const { setting, live, danger } of unmanaged)
    table.push([mark(danger), setting, pc.dim("not managed"), showValue(live)]);
  const dangers = settings.flatMap(({ setting, danger }) =>
    danger === undefined ? [] : [`! ${setting}: ${danger}.`],
  );
  return [
    title,
    indented(table.toString()),
    ...dangers.map((line) => pc.red(`    ${line}`)),
    "",
  ].join("\n");
}

function mark(danger: string | undefined): string {
  return danger === undefined ? " " : pc.red("!");
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `    ${line.trimEnd()}`)
    .join("\n");
}

const NO_LINES = Object.fromEntries(
  [
    "top",
    "top-mid",
    "top-left",
    "top-right",
    "bottom",
    "bottom-mid",
    "bottom-left",
    "bottom-right",
    "left",
    "left-mid",
    "mid",
    "mid-mid",
    "right",
    "right-mid",
    "middle",
  ].map((part) => [part, ""]),
);
