import { access, mkdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { engineFromBuild, requiredGo } from "../../../tools/engine/build.js";
import { LANGUAGE_HOST_VERSION, VERSION } from "../../../tools/engine/engine.js";
import { isCompiledPackage, isModuleDownload } from "../../../tools/engine/go.js";
import { type Bench, leftovers, makeBench, placeGo } from "./bench.js";

jest.setTimeout(60_000); // Child processes: slow on a busy machine.

let bench: Bench;
beforeEach(async () => void (bench = await makeBench()));
afterEach(() => bench.remove());

describe("the engine built from Go modules", () => {
  it("is language host, CLI and the SDK's plugin in the cache", async () => {
    const log = await placeGo(bench.onPath, "builds");
    const options = bench.options();

    const engine = { bin: options.engineFolder, version: VERSION, origin: "build" };
    expect(await engineFromBuild(options)).toEqual({ engine });
    expect((await readFile(log, "utf8")).match(/^build .*/gm)).toEqual([
      "build github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
      "build github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    ]);
    for (const name of ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
      expect((await stat(path.join(options.engineFolder, name))).mode & 0o111).not.toBe(0);
    }
    expect(await leftovers(bench)).toEqual([]);
  });

  it("says beforehand how long it takes, and afterwards how long it took", async () => {
    await placeGo(bench.onPath, "builds");
    await engineFromBuild(bench.options());
    expect(bench.written().replace(/\d+s,/g, "#s,")).toMatchInlineSnapshot(`
      "Building Pulumi 3.259.0 from its Go modules: five to ten minutes on two cores, once. A build that is interrupted goes on where it was.
        pulumi-language-nodejs 3.66.0: #s, 1 of 2 packages
        pulumi 3.259.0: #s, 1 of 2 packages
      "
    `);
  });

  it("clears away what a killed run left", async () => {
    await placeGo(bench.onPath, "builds");
    await mkdir(path.join(bench.cacheFolder, "making-aBcDeF"));
    await engineFromBuild(bench.options());
    expect(await leftovers(bench)).toEqual([]);
  });

  it("cannot be had without Go", async () => {
    expect(await engineFromBuild(bench.options())).toEqual({ failure: "build: no go on PATH" });
  });

  it("cannot be had with a Go that is too old", async () => {
    await placeGo(bench.onPath, "is too old");
    expect(await engineFromBuild(bench.options())).toEqual({
      failure: `build: ${bench.onPath}/go is go1.18.1, and 1.24.0 or newer is needed`,
    });
  });

  it("tells in Go's own words why it failed, and leaves nothing", async () => {
    await placeGo(bench.onPath, "cannot fetch modules");
    expect(await engineFromBuild(bench.options())).toEqual({
      failure: "build: go list failed: example.com/module@v1.2.3: no such host",
    });
    expect(await leftovers(bench)).toEqual([]);
  });

  it("interrupts Go with the signal, waits for it, and leaves nothing", async () => {
    const log = await placeGo(bench.onPath, "hangs");
    const interruption = new AbortController();
    const building = engineFromBuild(bench.options({ signal: interruption.signal }));
    await until(async () => (await readFile(log, "utf8")).includes("build "));
    await new Promise((resolve) => setTimeout(resolve, 300));
    interruption.abort();

    await expect(building).rejects.toMatchObject({ name: "AbortError" });
    expect(await readFile(log, "utf8")).toContain("interrupted");
    expect(await leftovers(bench)).toEqual([]);
    await expect(access(bench.options().engineFolder)).rejects.toThrow("ENOENT");
  });
});

describe("the lines that Go writes while it works", () => {
  it.each([
    ["go: downloading golang.org/x/sys v0.5.0", "module"],
    ["github.com/pulumi/pulumi/sdk/v3/go/common/version", "package"],
    ["internal/goarch", "package"],
    ["fmt", "package"],
    ["gopkg.in/yaml.v3", "package"],
    ["# github.com/pulumi/pulumi/pkg/v3", "neither"],
    ["./main.go:3:1: syntax error", "neither"],
    ["go: updates to go.mod needed", "neither"],
  ])("%s: %s", (line, kind) => {
    expect(isModuleDownload(line)).toBe(kind === "module");
    expect(isCompiledPackage(line)).toBe(kind === "package");
  });
});

describe("the wrapper modules", () => {
  const modules = path.join(__dirname, "../../../tools/engine/modules");
  const requirement = async (module: string, required: string) => {
    const text = await readFile(path.join(modules, module, "go.mod"), "utf8");
    return text
      .split("\n")
      .find((line) => line.includes(`${required} v`))
      ?.match(/ v(\S+)/)?.[1];
  };

  it("require the versions that the engine says it has", async () => {
    const repository = "github.com/pulumi/pulumi";
    expect(await requirement("cli", `${repository}/pkg/v3`)).toBe(VERSION);
    expect(await requirement("cli", `${repository}/sdk/v3`)).toBe(VERSION);
    expect(await requirement("language-host", `${repository}/sdk/v3`)).toBe(LANGUAGE_HOST_VERSION);
  });

  it("say which Go they need", async () => {
    expect(await requiredGo()).toMatch(/^1\.\d+(\.\d+)?$/);
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition().catch(() => false))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
