import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export const REPOSITORY = path.resolve(__dirname, "../..");

/** A page that people read, by its path in the repository. */
export interface Page {
  readonly name: string;
  readonly text: string;
}

/** A block of code on a page. */
export interface Block {
  readonly page: string;
  /** The word after the fence. */
  readonly language: string;
  readonly code: string;
}

/** The pages of the repository: README and its like, `docs/`, and those of the examples. */
export function pages(): Page[] {
  const examples = readdirSync(path.join(REPOSITORY, "examples"));
  const folders = [".", "docs", ...examples.map((name) => path.join("examples", name))];
  return folders.flatMap((folder) =>
    readdirSync(path.join(REPOSITORY, folder))
      .filter((file) => file.endsWith(".md"))
      .map((file) => page(path.join(folder, file))),
  );
}

export function page(name: string): Page {
  return { name, text: readFileSync(path.join(REPOSITORY, name), "utf8") };
}

/** The blocks of code on a page, in their order. */
export function blocksOf({ name, text }: Page): Block[] {
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, language = "", code = ""]) => ({
    page: name,
    language,
    code,
  }));
}
