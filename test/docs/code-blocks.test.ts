import path from "node:path";
import ts from "typescript";
import { parse } from "yaml";
import { blocksOf, pages, REPOSITORY, type Block } from "./pages.js";

const blocks = pages().flatMap(blocksOf);

function written(language: string): Block[] {
  return blocks.filter((block) => block.language === language);
}

/** What the check must find, so that it is known to look. */
const WRONG: Block = {
  page: "wrong.md",
  language: "ts",
  file: undefined,
  code: `import * as zerotrust from "pulumi-cloudflare-zero-trust";
new zerotrust.Organization("organization", { sessionDurations: "12h" });`,
};

it("type-checks every TypeScript block that users read", () => {
  expect(written("ts").length).toBeGreaterThan(5);
  expect(problemsIn(filesOf([...written("ts"), WRONG]))).toEqual([
    expect.stringMatching(/^wrong-md: .*sessionDurations/s),
  ]);
}, 120_000);

it("parses every JSON and YAML block", () => {
  for (const { code } of written("json")) JSON.parse(code);
  for (const { code } of written("yaml")) parse(code);
});

it("has a test for every language that blocks are written in", () => {
  const tested = ["ts", "json", "yaml", "sh"];
  // Text is what people put into a file of their own, or what a command prints.
  expect(blocks.filter(({ language }) => ![...tested, "text", ""].includes(language))).toEqual([]);
});

/** Blocks as files that do not exist: those of a page in a folder of their own, by the names that it gives them. */
function filesOf(some: readonly Block[]): Map<string, string> {
  return new Map(
    some.map(({ page, file, code }, index) => [
      path.join(REPOSITORY, page.replace(/\W/g, "-"), file ?? `${index + 1}.ts`),
      code,
    ]),
  );
}

/** What the compiler says of programs that use this package. */
function problemsIn(files: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    esModuleInterop: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ["node"],
    paths: {
      "pulumi-cloudflare-zero-trust": [path.join(REPOSITORY, "provider/index.ts")],
      "pulumi-cloudflare-zero-trust/emulator": [path.join(REPOSITORY, "emulator/index.ts")],
    },
  };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    directoryExists: () => true, // the folders of the blocks are not there
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
          `${path.basename(path.dirname(name))}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
      ),
  );
}
