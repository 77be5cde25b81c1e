import { meetsEngine, NODES, rowsOf } from "../../../tools/matrix/axes.js";
import { failuresIn, renderTable, type RowResult } from "../../../tools/matrix/table.js";

const [first, second, third] = rowsOf({ managers: ["npm"], sdks: ["oldest"] });

describe("the matrix", () => {
  it("has a row for each manager, end of the range of SDKs, and compiler", () => {
    expect(rowsOf({})).toHaveLength(18);
    expect(rowsOf({ managers: ["yarn"], sdks: ["newest"], compilers: ["7"] })).toEqual([
      { manager: "yarn", sdk: "newest", compiler: "7" },
    ]);
  });

  it("deploys what each compiler wrote, and by one compiler on each Node", () => {
    const deployed = rowsOf({ managers: ["npm"], sdks: ["oldest"] }).map((row) =>
      NODES.filter((node) => meetsEngine(row, node)),
    );
    expect(deployed).toEqual([["22"], ["20", "22", "24"], ["22"]]);
  });

  it("ends in one table, and a line for each failure", () => {
    if (first === undefined || second === undefined || third === undefined) throw new Error();
    const installed = { sdk: "3.216.0", compiler: "6.0.3" };
    const results: RowResult[] = [
      { row: first, installed: { failure: "npm said no\nand more" }, nodes: new Map() },
      { row: second, installed, types: {}, nodes: new Map([["20", { load: {}, engine: {} }]]) },
      { row: third, installed, types: {}, nodes: new Map([["20", { load: { failure: "no" } }]]) },
    ];
    // eslint-disable-next-line no-control-regex -- colours
    const table = renderTable(results, ["20"]).replaceAll(/\u001b\[\d+m/g, "");
    expect(table.split("\n")).toMatchInlineSnapshot(`
      [
        "┌─────────┬────────────────┬────────────┬───────┬─────────┬────────┐",
        "│ manager │ @pulumi/pulumi │ typescript │ types │ Node 20 │ engine │",
        "├─────────┼────────────────┼────────────┼───────┴─────────┴────────┤",
        "│ npm     │ oldest         │ 5          │ not installed            │",
        "│ npm     │ 3.216.0        │ 6.0.3      │ ✓     │ ✓       │ ✓      │",
        "│ npm     │ 3.216.0        │ 6.0.3      │ ✓     │ ✗       │ –      │",
        "└─────────┴────────────────┴────────────┴───────┴─────────┴────────┘",
      ]
    `);
    expect(failuresIn(results)).toEqual([
      "npm, SDK oldest, TypeScript 5: install: npm said no",
      "npm, SDK oldest, TypeScript 7: load on Node 20: no",
    ]);
  });
});
