import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { page, REPOSITORY } from "./pages.js";

const { text } = page("docs/troubleshooting.md");

/** Returns the source code of the package. */
function sources(): string {
  const folder = path.join(REPOSITORY, "provider");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(path.join(folder, file), "utf8"))
    .join("\n");
}

it("quotes messages as the code has them, with an ellipsis for each variable part", () => {
  const code = sources();
  const quoted = [...text.matchAll(/^### `(.*)`$/gm)].map(([, message = ""]) => message);
  expect(quoted.length).toBeGreaterThan(5);
  const pieces = quoted.flatMap((message) => message.split("…")).filter((piece) => piece !== "");
  expect(pieces.filter((piece) => !code.includes(piece))).toEqual([]);
});

it("lists every hint of error-hints.ts", () => {
  const table =
    text
      .split("<!--")[1]
      ?.split("\n")
      .filter((line) => line.startsWith("| ")) ?? [];
  const [, , ...rows] = table.map((line) => line.split(" | ")[1]?.trim());
  expect(new Set(rows).size).toBe(hintCount());
});

/** Returns the number of hints in the source. */
function hintCount(): number {
  const file = path.join(REPOSITORY, "provider/cloudflare/error-hints.ts");
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  const list = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .map(({ initializer }) => initializer)
    .find((value) => value !== undefined && ts.isArrayLiteralExpression(value));
  if (list === undefined) throw new Error(`${file} has no list.`);
  return list.elements.length;
}
