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
  /** The word after the fence, and the name of a file where one follows. */
  readonly language: string;
  readonly file: string | undefined;
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
  return [...text.matchAll(/^```(\S*) *(\S*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = "", file = "", code = ""]) => ({
      page: name,
      language,
      file: file === "" ? undefined : file,
      code,
    }),
  );
}
