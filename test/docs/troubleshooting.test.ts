import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
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
  const [, table = ""] = text.split("<!--");
  const [, , ...rows] = table.split("\n").filter((line) => line.startsWith("| "));
  const listed = new Set(rows.map((row) => row.split(" | ")[1]?.trim()));
  const source = path.join(REPOSITORY, "provider/cloudflare/error-hints.ts");
  expect(listed.size).toBe(readFileSync(source, "utf8").match(/^ {4}applies: /gm)?.length);
});
