import path from "node:path";
import ts from "typescript";
import { parse } from "yaml";
import { blocksOf, pages, REPOSITORY, type Block } from "./pages.js";

const blocks = pages().flatMap(blocksOf);

function written(language: string): Block[] {
  return blocks.filter((block) => block.language === language);
}

/** An invalid block that the check must report. */
const WRONG: Block = {
  page: "wrong.md",
  language: "ts",
  file: undefined,
  code: `import * as zerotrust from "pulumi-cloudflare-zero-trust";
new zerotrust.Organization("organization", { sessionDurations: "12h" });`,
};

it("type-checks every TypeScript block", () => {
  expect(written("ts").length).toBeGreaterThan(5);
  expect(errorsIn(filesOf([...written("ts"), WRONG]))).toEqual([
    expect.stringMatching(/^wrong-md: .*sessionDurations/s),
  ]);
}, 120_000);

it("parses every JSON and YAML block", () => {
  for (const { code } of written("json")) JSON.parse(code);
  for (const { code } of written("yaml")) parse(code);
});

it("has a check for every language of the blocks", () => {
  const tested = ["ts", "json", "yaml", "sh"];
  // Text blocks are file contents or output.
  expect(blocks.filter(({ language }) => ![...tested, "text", ""].includes(language))).toEqual([]);
});

/** Returns the blocks as virtual files: one directory for each page, with the file names that the page gives. */
function filesOf(some: readonly Block[]): Map<string, string> {
  return new Map(
    some.map(({ page, file, code }, index) => [
      path.join(REPOSITORY, page.replace(/\W/g, "-"), file ?? `${index + 1}.ts`),
      code,
    ]),
  );
}

/** Returns the compiler's errors for programs that use this package. */
function errorsIn(files: ReadonlyMap<string, string>): string[] {
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
    directoryExists: () => true, // the directories of the blocks do not exist
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
