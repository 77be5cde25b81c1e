import { readFile } from "node:fs/promises";
import path from "node:path";
import { VERSION } from "../../../tools/engine/engine.js";
import { findOrInstallEngine } from "../../../tools/engine/index.js";
import { type Fixture, createFixture, placeGo, placePulumi } from "./fixture.js";

jest.setTimeout(60_000); // Child processes: slow on a busy machine.

let fixture: Fixture;
beforeEach(async () => void (fixture = await createFixture()));
afterEach(() => fixture.remove());

describe("findOrInstallEngine", () => {
  it("builds an engine if there is none, and finds it in the cache the next time", async () => {
    const log = await placeGo(fixture.onPath, "builds");
    const engine = { bin: path.join(fixture.cacheFolder, VERSION), version: VERSION };

    const built = await findOrInstallEngine(fixture.options());
    expect(built).toEqual({ ...engine, origin: "build" });
    const calls = await readFile(log, "utf8");
    const cached = await findOrInstallEngine(fixture.options());
    expect(cached).toEqual({ ...engine, origin: "cache" });
    expect(await readFile(log, "utf8")).toBe(calls);
  });

  it("builds once for two callers at the same time", async () => {
    const log = await placeGo(fixture.onPath, "builds");
    const engines = await Promise.all([1, 2].map(() => findOrInstallEngine(fixture.options())));

    expect(engines.map(({ origin }) => origin).sort()).toEqual(["build", "cache"]);
    expect((await readFile(log, "utf8")).match(/^build /gm)).toHaveLength(2); // Two executables.
  });

  it("replaces a damaged engine in the cache", async () => {
    await placeGo(fixture.onPath, "builds");
    const engine = await findOrInstallEngine(fixture.options());
    await placePulumi(engine.bin, "3.1.0");
    expect(await findOrInstallEngine(fixture.options())).toEqual(engine);
  });

  it("fails with every way that it tried, the reasons, and what to do", async () => {
    await placePulumi(fixture.onPath, "3.100.0");
    const message = await findOrInstallEngine(fixture.options()).then(
      () => "",
      (error: unknown) => String(error),
    );
    expect(message.replaceAll(fixture.folder, "<folder>")).toMatchInlineSnapshot(`
      "Error: Cannot find or install a Pulumi engine. Tried:
        1. PATH: <folder>/path/pulumi: version 3.100.0 is older than 3.254.0
        2. cache: no complete engine in <folder>/cache/3.276.0
        3. download from http://127.0.0.1:9: connect ECONNREFUSED 127.0.0.1:9
        4. build: go not found on PATH
      Install Pulumi 3.254.0 or newer (https://www.pulumi.com/docs/install/), or install a recent Go (https://go.dev/doc/install) to build Pulumi. Then run \`npm run engine\` again."
    `);
  });
});
