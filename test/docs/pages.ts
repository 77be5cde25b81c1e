import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export const REPOSITORY = path.resolve(__dirname, "../..");

/** A Markdown page of the repository. */
export interface Page {
  /** The path in the repository. */
  readonly name: string;
  readonly text: string;
}

/** A code block on a page. */
export interface Block {
  readonly page: string;
  /** The word after the fence, and the file name that follows it, if any. */
  readonly language: string;
  readonly file: string | undefined;
  readonly code: string;
}

/** Returns the pages of the repository: in the root, in `docs/` and in the examples. */
export function pages(): Page[] {
  const examples = readdirSync(path.join(REPOSITORY, "examples"));
  const folders = [
    ".",
    "docs",
    "docs/maintainers",
    ...examples.map((name) => path.join("examples", name)),
  ];
  return folders.flatMap((folder) =>
    readdirSync(path.join(REPOSITORY, folder))
      .filter((file) => file.endsWith(".md"))
      .map((file) => page(path.join(folder, file))),
  );
}

export function page(name: string): Page {
  return { name, text: readFileSync(path.join(REPOSITORY, name), "utf8") };
}

/** Returns the code blocks of a page in order. */
export function blocksOf({ name, text }: Page): Block[] {
  return [...text.matchAll(/^```(\S*) *(\S*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = "", file = "", code = ""]) => ({
      page: name,
      language,
      file: file === "" ? undefined : file,
      code,
    }),
  );
}

/** Returns the relative links of a page, except those in code. */
export function linksOf(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, "").replace(/`[^`\n]*`/g, "``");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !link.includes(":"));
}
