import { mkdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { engineFromBuild } from "../../../tools/engine/build.js";
import { LANGUAGE_HOST_VERSION, VERSION } from "../../../tools/engine/engine.js";
import { type Fixture, leftovers, createFixture, placeGo } from "./fixture.js";

jest.setTimeout(60_000); // Child processes: slow on a busy machine.

let fixture: Fixture;
beforeEach(async () => void (fixture = await createFixture()));
afterEach(() => fixture.remove());

describe("engineFromBuild", () => {
  it("installs the language host, the CLI and the SDK's plugin into the cache", async () => {
    const log = await placeGo(fixture.onPath, "builds");
    const options = fixture.options();

    const engine = { bin: options.engineFolder, version: VERSION, origin: "build" };
    expect(await engineFromBuild(options)).toEqual({ engine });
    expect((await readFile(log, "utf8")).match(/^build .*/gm)).toEqual([
      "build github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
      "build github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    ]);
    for (const name of ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
      expect((await stat(path.join(options.engineFolder, name))).mode & 0o111).not.toBe(0);
    }
    expect(await leftovers(fixture)).toEqual([]);
  });

  it("reports how long the build will take and how long it took", async () => {
    await placeGo(fixture.onPath, "builds");
    await engineFromBuild(fixture.options());
    expect(fixture.written().replace(/\d+s$/gm, "#s")).toMatchInlineSnapshot(`
      "Building Pulumi 3.276.0 from its Go modules. This takes five to ten minutes on two cores, once. An interrupted build continues where it stopped.
        pulumi-language-nodejs 3.66.0: #s
        pulumi 3.276.0: #s
      "
    `);
  });

  it("removes the files of a killed run", async () => {
    await placeGo(fixture.onPath, "builds");
    await mkdir(path.join(fixture.cacheFolder, "installing-aBcDeF"));
    await engineFromBuild(fixture.options());
    expect(await leftovers(fixture)).toEqual([]);
  });

  it("fails with Go's own error message and leaves no files", async () => {
    await placeGo(fixture.onPath, "cannot fetch modules");
    expect(await engineFromBuild(fixture.options())).toEqual({
      failure: "build: go build failed: example.com/module@v1.2.3: no such host",
    });
    expect(await leftovers(fixture)).toEqual([]);
  });
});

describe("the Go wrapper modules", () => {
  it.each([
    ["cli", "pkg", VERSION],
    ["cli", "sdk", VERSION],
    ["language-host", "sdk", LANGUAGE_HOST_VERSION],
  ])(
    "require, in %s, the %s of the version that the engine tool names",
    async (module, part, version) => {
      const file = path.join(__dirname, "../../../tools/engine/modules", module, "go.mod");
      expect(await readFile(file, "utf8")).toMatch(
        new RegExp(`github.com/pulumi/pulumi/${part}/v3 v${version}( |$)`, "m"),
      );
    },
  );
});
