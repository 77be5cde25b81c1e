import { dependencies, devDependencies, peerDependencies } from "../../package.json";
import { page } from "./pages.js";

const list = page("docs/dependencies.md").text;

it("gives a purpose for every dependency in docs/dependencies.md", () => {
  const named = new Set([...list.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  const all = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });
  expect(all.filter((name) => !named.has(name))).toEqual([]);
});

it("lists no run-time dependency that package.json lacks", () => {
  const rows = [...list.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
  expect(Object.keys({ ...dependencies, ...peerDependencies })).toEqual(
    expect.arrayContaining(rows),
  );
});
