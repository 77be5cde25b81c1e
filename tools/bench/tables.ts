import { type Figure, formatted } from "./figures.js";
import { described, verdict } from "./goals.js";

/** All figures, a table after another, in columns that line up. */
export function renderTables(figures: readonly Figure[]): string {
  const titles = [...new Set(figures.map(({ table }) => table))];
  return titles
    .map((title) =>
      renderTable(
        title,
        figures.filter(({ table }) => table === title),
      ),
    )
    .join("\n\n");
}

function renderTable(title: string, figures: readonly Figure[]): string {
  const rows = [...new Set(figures.map(({ row }) => row))];
  const columns = [...new Set(figures.map(({ column }) => column))];
  const goals = rows.map((row) => goalOf(figures.filter((figure) => figure.row === row)));
  const body = [
    leftAligned(["", ...rows]),
    ...(goals.some(Boolean) ? [leftAligned(["goal (aim)", ...goals])] : []),
    ...columns.map((column) => {
      const cells = rows.map((row) =>
        figures.find((figure) => figure.row === row && figure.column === column),
      );
      return rightAligned([column, ...joined(cells)]);
    }),
  ];
  const lines = ["", ...rows].map((_, index) =>
    body
      .map((column) => column[index] ?? "")
      .join("   ")
      .trimEnd(),
  );
  return [title, "", ...lines].join("\n");
}

function goalOf(figures: readonly Figure[]): string {
  const [figure] = figures.filter(({ goal }) => goal !== undefined);
  if (figure === undefined) return "";
  const isRatio = figure.judged === undefined;
  return described(figure.goal, (number) =>
    isRatio ? number.toFixed(2) : formatted(number, figure.unit),
  );
}

/** The cells of one column: ratio, verdict and absolute figure, each below its like. */
function joined(cells: readonly (Figure | undefined)[]): string[] {
  const parts: ((figure: Figure | undefined) => string)[] = [
    (figure) => figure?.ratio?.toFixed(2) ?? "",
    (figure) => (figure === undefined ? "" : verdict(figure.goal, figure.judged ?? figure.ratio)),
    (figure) => (figure?.absolute === undefined ? "" : formatted(figure.absolute, figure.unit)),
  ];
  const [ratios, verdicts, absolutes] = parts.map((part) => cells.map(part));
  const columns = [
    rightAligned(ratios ?? []),
    leftAligned(verdicts ?? []),
    rightAligned(absolutes ?? []),
  ].filter((column) => column.some((cell) => cell.trim() !== ""));
  return cells.map((_, index) => columns.map((column) => column[index] ?? "").join(" "));
}

function leftAligned(cells: readonly string[]): string[] {
  const width = widest(cells);
  return cells.map((cell) => cell.padEnd(width));
}

function rightAligned(cells: readonly string[]): string[] {
  const width = widest(cells);
  return cells.map((cell) => cell.padStart(width));
}

function widest(cells: readonly string[]): number {
  return Math.max(0, ...cells.map((cell) => cell.length));
}
