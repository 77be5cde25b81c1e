import { dependencies, devDependencies, peerDependencies } from "../../package.json";
import { page } from "./pages.js";

it("has a reason in the README for every dependency", () => {
  const [, list = ""] = page("README.md").text.split("## Dependencies");
  const named = new Set([...list.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  const all = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });
  expect(all.filter((name) => !named.has(name))).toEqual([]);
});

it("names none that is not there any more", () => {
  const [, list = ""] = page("README.md").text.split("## Dependencies");
  const rows = [...list.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
  expect(Object.keys({ ...dependencies, ...peerDependencies })).toEqual(
    expect.arrayContaining(rows),
  );
});
