import Table from "cli-table3";
import pc from "picocolors";
import type { NodeMajor, Row } from "./axes.js";

/** What came of one row: each check's name and why it failed, where it did. */
export interface RowResult {
  readonly row: Row;
  /** What was installed, or why that failed. */
  readonly installed: { readonly sdk: string; readonly compiler: string } | { failure: string };
  readonly types?: CheckResult;
  readonly nodes: ReadonlyMap<NodeMajor, NodeResult>;
}

export interface NodeResult {
  readonly load: CheckResult;
  readonly engine?: CheckResult;
}

export interface CheckResult {
  readonly failure?: string;
}

export function failuresIn(results: readonly RowResult[]): string[] {
  return results.flatMap(({ row, installed, types, nodes }) => {
    const name = `${row.manager}, SDK ${row.sdk}, TypeScript ${row.compiler}`;
    const checks: [string, CheckResult][] = [
      ["install", "failure" in installed ? installed : {}],
      ["types", types ?? {}],
      ...[...nodes].flatMap(([node, { load, engine }]): [string, CheckResult][] => [
        [`load on Node ${node}`, load],
        [`engine on Node ${node}`, engine ?? {}],
      ]),
    ];
    return checks.flatMap(([check, { failure }]) =>
      failure === undefined ? [] : [`${name}: ${check}: ${failure.split("\n")[0] ?? ""}`],
    );
  });
}

export function renderTable(results: readonly RowResult[], nodes: readonly NodeMajor[]): string {
  const table = new Table({
    head: [
      "manager",
      "@pulumi/pulumi",
      "typescript",
      "types",
      ...nodes.flatMap((node) => [`Node ${node}`, "engine"]),
    ],
    style: { head: [], border: [], compact: true },
  });
  for (const { row, installed, types, nodes: byNode } of results) {
    if ("failure" in installed) {
      table.push([
        row.manager,
        row.sdk,
        row.compiler,
        { content: pc.red("not installed"), colSpan: 1 + nodes.length * 2 },
      ]);
      continue;
    }
    table.push([
      row.manager,
      installed.sdk,
      installed.compiler,
      mark(types),
      ...nodes.flatMap((node) => [mark(byNode.get(node)?.load), mark(byNode.get(node)?.engine)]),
    ]);
  }
  return table.toString();
}

function mark(result: CheckResult | undefined): string {
  if (result === undefined) return "–";
  return result.failure === undefined ? pc.green("✓") : pc.red("✗");
}
