import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const REPOSITORY = path.resolve(__dirname, "../..");

/** The pages that users read. */
function pages(): string[] {
  const docs = readdirSync(path.join(REPOSITORY, "docs")).map((name) => path.join("docs", name));
  return ["README.md", ...docs.filter((name) => name.endsWith(".md"))];
}

/** The TypeScript blocks of a page, under the names of files that do not exist. */
function codeBlocks(page: string): Map<string, string> {
  const text = readFileSync(path.join(REPOSITORY, page), "utf8");
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)];
  return new Map(
    blocks.map(([, code = ""], index) => [
      path.join(REPOSITORY, `${page.replace(/\W/g, "-")}-${index + 1}.ts`),
      code,
    ]),
  );
}

/** What the check must find, so that it is known to look. */
const WRONG = `import * as zerotrust from "pulumi-cloudflare-zero-trust";
new zerotrust.Organization("organization", { sessionDurations: "12h" });`;

it("type-checks every TypeScript block that users read", () => {
  const blocks = new Map(pages().flatMap((page) => [...codeBlocks(page)]));
  expect(blocks.size).toBeGreaterThan(3);
  expect(problemsIn(new Map([...blocks, [path.join(REPOSITORY, "wrong.ts"), WRONG]]))).toEqual([
    expect.stringMatching(/^wrong\.ts: .*sessionDurations/s),
  ]);
}, 120_000);

/** What the compiler says of programs that use this package. */
function problemsIn(files: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ["node"],
    paths: { "pulumi-cloudflare-zero-trust": [path.join(REPOSITORY, "provider/index.ts")] },
  };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (name) => files.has(name) || disk.fileExists(name),
    readFile: (name) => files.get(name) ?? disk.readFile(name),
    getSourceFile: (name, version, ...rest) => {
      const text = files.get(name);
      return text === undefined
        ? disk.getSourceFile(name, version, ...rest)
        : ts.createSourceFile(name, text, version);
    },
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((name) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(name))
      .map(
        ({ messageText }) =>
          `${path.basename(name)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
      ),
  );
}
