import { blocksOf, page } from "./pages.js";

const ACCOUNT_ID = '"0123456789abcdef0123456789abcdef"';

function programOf(name: string): string {
  const block = blocksOf(page(name)).find(({ file }) => file === "index.ts");
  if (block === undefined) throw new Error(`${name} has no index.ts.`);
  return block.code;
}

it("shows the quickstart example's program in the README, with a literal account id", () => {
  const example = programOf("examples/quickstart/README.md")
    .replace('import * as pulumi from "@pulumi/pulumi";\n', "")
    .replace('new pulumi.Config().require("accountId")', ACCOUNT_ID);
  expect(programOf("README.md")).toBe(example);
});
