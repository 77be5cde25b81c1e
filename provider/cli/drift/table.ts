import Table from "cli-table3";
import { indented, type Terminal } from "../terminal.js";
import { displayText, displayValue, stackTitle } from "./display.js";
import { changesOf, summaryLine } from "./report.js";
import type { DriftReport, ResourceReport, StackReport } from "./report-schema.js";

type Colors = Terminal["colors"];

/** Renders the report as tables for a terminal. */
export function renderTable(report: DriftReport, colors: Colors): string {
  const reported = report.stacks.filter(
    ({ status, resources }) => status !== "clean" || resources.length > 0,
  );
  const { failed, remaining } = report.summary;
  const line = summaryLine(report.summary);
  return [
    ...reported.map((stack) => stackText(stack, colors)),
    remaining + failed > 0 ? colors.red(line) : colors.green(line),
    "",
  ].join("\n");
}

function stackText(report: StackReport, colors: Colors): string {
  const { status, error, resources } = report;
  if (status === "empty")
    return `${colors.yellow(`Warning: No Zero Trust resources that can drift in stack ${stackTitle(report)}.`)}\n`;
  const title = colors.bold(stackTitle(report));
  const tables = resources.map((resource) => resourceText(resource, colors));
  if (error === undefined) return [title, ...tables].join("\n");
  // The bar keeps a line from starting with what a CI runner would interpret.
  const lines = error.split("\n").map((line) => `    | ${displayText(line)}`);
  return [`${title}  ${colors.red("could not be checked")}`, ...lines, "", ...tables].join("\n");
}

function resourceText(resource: ResourceReport, colors: Colors): string {
  const { name, id, notFound, changedAt } = resource;
  const when = changedAt === undefined ? "" : `, last changed ${displayText(changedAt)}`;
  const body = notFound
    ? colors.red("! Cloudflare no longer has this object.")
    : settingsText(resource, colors);
  return [
    `  ${displayText(name)} ${colors.dim(`(${displayText(id)})${when}`)}`,
    indented(body, 4),
    "",
  ].join("\n");
}

function settingsText({ settings, unmanaged = [] }: ResourceReport, colors: Colors): string {
  const table = new Table({
    head: ["", "setting", "declared", "live"].map((text) => colors.dim(text)),
    chars: NO_LINES,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
  });
  const mark = (risk: string | undefined) => (risk === undefined ? " " : colors.red("!"));
  for (const { setting, declared, live, risk } of settings)
    table.push([
      mark(risk),
      displayText(setting),
      displayValue(declared),
      colors.red(displayValue(live)),
    ]);
  for (const { setting, live, risk } of unmanaged)
    table.push([mark(risk), displayText(setting), colors.dim("not managed"), displayValue(live)]);
  const lines = table.toString().split("\n");
  const risks = [...settings, ...unmanaged].flatMap(({ setting, risk }) =>
    risk === undefined ? [] : [colors.red(`! ${displayText(setting)}: ${risk}.`)],
  );
  const changes = changesOf(settings).map(
    (change) => `${change.settings.map(displayText).join(", ")}: ${displayText(change.text)}.`,
  );
  return [...lines.map((line) => line.trimEnd()), ...risks, ...changes].join("\n");
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
