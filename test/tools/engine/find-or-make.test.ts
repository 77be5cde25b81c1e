import { readFile } from "node:fs/promises";
import path from "node:path";
import { VERSION } from "../../../tools/engine/engine.js";
import { findOrMakeEngine } from "../../../tools/engine/index.js";
import { type Bench, makeBench, placeGo, placePulumi } from "./bench.js";

jest.setTimeout(60_000); // Child processes: slow on a busy machine.

let bench: Bench;
beforeEach(async () => void (bench = await makeBench()));
afterEach(() => bench.remove());

describe("finding or making an engine", () => {
  it("builds where there is nothing else, and finds that in the cache the next time", async () => {
    const log = await placeGo(bench.onPath, "builds");
    const bin = path.join(bench.cacheFolder, VERSION);

    expect(await findOrMakeEngine(bench.options())).toEqual({
      bin,
      version: VERSION,
      origin: "build",
    });
    const calls = await readFile(log, "utf8");
    expect(await findOrMakeEngine(bench.options())).toEqual({
      bin,
      version: VERSION,
      origin: "cache",
    });
    expect(await readFile(log, "utf8")).toBe(calls);
  });

  it("builds once when two ask at the same time", async () => {
    const log = await placeGo(bench.onPath, "builds");
    const engines = await Promise.all([1, 2].map(() => findOrMakeEngine(bench.options())));

    expect(engines.map(({ origin }) => origin).sort()).toEqual(["build", "cache"]);
    expect((await readFile(log, "utf8")).match(/^build /gm)).toHaveLength(2); // Two executables.
  });

  it("replaces a damaged engine in the cache", async () => {
    await placeGo(bench.onPath, "builds");
    const engine = await findOrMakeEngine(bench.options());
    await placePulumi(engine.bin, "3.1.0");
    expect(await findOrMakeEngine(bench.options())).toEqual(engine);
  });

  it("says what it tried, why each failed, and what to do", async () => {
    await placePulumi(bench.onPath, "3.100.0");
    const message = await findOrMakeEngine(bench.options()).then(
      () => "",
      (error: unknown) => String(error),
    );
    expect(message.replaceAll(bench.folder, "<folder>")).toMatchInlineSnapshot(`
      "EngineUnavailable: No Pulumi engine could be found or made. Tried:
        1. PATH: <folder>/path/pulumi is version 3.100.0, and 3.254.0 or newer is needed
        2. cache: nothing in <folder>/cache/3.259.0
        3. download from http://127.0.0.1:9: connect ECONNREFUSED 127.0.0.1:9
        4. build: no go on PATH
      Install Pulumi 3.254.0 or newer (https://www.pulumi.com/docs/install/), or Go 1.25.11 or newer (https://go.dev/doc/install) and let this build it. Then run \`npm run engine\` again."
    `);
  });
});
