import { existsSync } from "node:fs";
import path from "node:path";
import * as providers from "../../provider/provider.js";
import { linksOf, page, pages, REPOSITORY } from "./pages.js";

/** Returns the anchors of a page's headings, as GitHub generates them. */
function anchorsOf(text: string): string[] {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}

it("links only to files and headings that exist", () => {
  const dead = pages().flatMap(({ name, text }) =>
    linksOf(text).filter((link) => {
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? name : path.join(path.dirname(name), file);
      if (!existsSync(path.join(REPOSITORY, target))) return true;
      return anchor !== undefined && !anchorsOf(page(target).text).includes(anchor);
    }),
  );
  expect(dead).toEqual([]);
});

it("links from docs/README.md to every page of docs/", () => {
  const linked = linksOf(page("docs/README.md").text).map((link) => path.join("docs", link));
  const there = pages().filter(({ name }) => /^docs\/(?!README)/.test(name));
  expect(linked).toEqual(expect.arrayContaining(there.map(({ name }) => name)));
});

it("has a page for every provider export", () => {
  const names = Object.keys(providers).map((name) =>
    name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  );
  const present = names.filter((name) => existsSync(path.join(REPOSITORY, "docs", `${name}.md`)));
  expect(present).toEqual(names);
});
