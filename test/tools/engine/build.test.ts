import { access, mkdir, readFile, stat } from "node:fs/promises";
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

  it("interrupts Go on the signal, waits for its end and leaves no files", async () => {
    const log = await placeGo(fixture.onPath, "hangs");
    const interruption = new AbortController();
    const building = engineFromBuild(fixture.options({ signal: interruption.signal }));
    await until(async () => (await readFile(log, "utf8")).includes("waits"));
    interruption.abort();

    await expect(building).rejects.toMatchObject({ name: "AbortError" });
    expect(await readFile(log, "utf8")).toContain("interrupted");
    expect(await leftovers(fixture)).toEqual([]);
    await expect(access(fixture.options().engineFolder)).rejects.toThrow("ENOENT");
  });
});

describe("the Go wrapper modules", () => {
  const modules = path.join(__dirname, "../../../tools/engine/modules");
  const requirement = async (module: string, required: string) => {
    const text = await readFile(path.join(modules, module, "go.mod"), "utf8");
    return text
      .split("\n")
      .find((line) => line.includes(`${required} v`))
      ?.match(/ v(\S+)/)?.[1];
  };

  it("require the versions that the engine tool names", async () => {
    const repository = "github.com/pulumi/pulumi";
    expect(await requirement("cli", `${repository}/pkg/v3`)).toBe(VERSION);
    expect(await requirement("cli", `${repository}/sdk/v3`)).toBe(VERSION);
    expect(await requirement("language-host", `${repository}/sdk/v3`)).toBe(LANGUAGE_HOST_VERSION);
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition().catch(() => false))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
