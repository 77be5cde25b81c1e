import Table from "cli-table3";
import { indented, type Terminal } from "../terminal.js";
import { summaryLine } from "./report.js";
import type { DriftReport, ResourceReport, StackReport } from "./report-schema.js";
import { showValue, titleOf, visible } from "./show.js";

type Colors = Terminal["colors"];

/** The report as tables for a terminal. */
export function renderTerminal(report: DriftReport, colors: Colors): string {
  const told = report.stacks.filter(
    ({ status, resources }) => status !== "clean" || resources.length > 0,
  );
  const { drifted, failed } = report.summary;
  const verdict = summaryLine(report.summary);
  return [
    ...told.map((stack) => stackText(stack, colors)),
    drifted + failed > 0 ? colors.red(verdict) : colors.green(verdict),
    "",
  ].join("\n");
}

function stackText(report: StackReport, colors: Colors): string {
  const { error, resources } = report;
  const title = colors.bold(titleOf(report));
  const tables = resources.map((resource) => resourceText(resource, colors));
  if (error === undefined) return [title, ...tables].join("\n");
  // With a bar before each line, none can begin with what a CI runner takes for a command.
  const lines = error.split("\n").map((line) => `    | ${visible(line)}`);
  return [`${title}  ${colors.red("could not be checked")}`, ...lines, "", ...tables].join("\n");
}

function resourceText(resource: ResourceReport, colors: Colors): string {
  const { name, id, gone, changedAt, settings, unmanaged = [] } = resource;
  const when = changedAt === undefined ? "" : `, last changed ${visible(changedAt)}`;
  const title = `  ${visible(name)} ${colors.dim(`(${visible(id)})${when}`)}`;
  if (gone) return `${title}\n    ${colors.red("! the live object is gone")}\n`;
  const table = new Table({
    head: ["", "setting", "stated", "live"].map((text) => colors.dim(text)),
    chars: NO_LINES,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
  });
  const mark = (danger: string | undefined) => (danger === undefined ? " " : colors.red("!"));
  for (const { setting, stated, live, danger } of settings)
    table.push([mark(danger), visible(setting), showValue(stated), colors.red(showValue(live))]);
  for (const { setting, live, danger } of unmanaged)
    table.push([mark(danger), visible(setting), colors.dim("not managed"), showValue(live)]);
  const lines = table.toString().split("\n");
  const dangers = [...settings, ...unmanaged].flatMap(({ setting, danger }) =>
    danger === undefined ? [] : [colors.red(`! ${visible(setting)}: ${danger}.`)],
  );
  const body = [...lines.map((line) => line.trimEnd()), ...dangers].join("\n");
  return `${title}\n${indented(body, 4)}\n`;
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
