import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";

/**
 * Removes the declarations that no entry point of the package needs. The compiler writes one for each source file,
 * including internal ones.
 */
export async function keepNeededDeclarations(): Promise<void> {
  const needed = new Set(declarationsBehind(await entries()));
  const written = await readdir("dist", { recursive: true });
  for (const file of written.map((name) => path.resolve("dist", name)))
    if (file.endsWith(".d.ts") && !needed.has(file)) await rm(file);
}

/** Returns the declarations in the package's `exports`. */
async function entries(): Promise<string[]> {
  const { exports } = JSON.parse(await readFile("package.json", "utf8")) as {
    exports: Record<string, string | { types: string }>;
  };
  return Object.values(exports).flatMap((target) =>
    typeof target === "string" ? [] : [path.resolve(target.types)],
  );
}

/** Returns the declarations that a compiler reads for these files. */
function declarationsBehind(files: readonly string[]): string[] {
  const program = ts.createProgram([...files], {
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    skipLibCheck: true,
    types: [],
  });
  return program.getSourceFiles().map(({ fileName }) => path.resolve(fileName));
}
