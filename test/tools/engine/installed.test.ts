import path from "node:path";
import { symlink } from "node:fs/promises";
import { MINIMUM_VERSION, VERSION } from "../../../tools/engine/engine.js";
import { engineInCache, engineOnPath } from "../../../tools/engine/installed.js";
import {
  type Fixture,
  createFixture,
  placeEngine,
  placeLanguageHost,
  placePlugin,
  placePulumi,
  placeScript,
} from "./fixture.js";

jest.setTimeout(60_000); // Child processes: slow on a busy machine.

let fixture: Fixture;
beforeEach(async () => void (fixture = await createFixture()));
afterEach(() => fixture.remove());

describe("engineOnPath", () => {
  it("finds an engine that is new enough and complete", async () => {
    await placeEngine(fixture.onPath, MINIMUM_VERSION);
    const engine = { bin: fixture.onPath, version: MINIMUM_VERSION, origin: "path" };
    expect(await engineOnPath(fixture.options())).toEqual({ engine });
    expect(fixture.written()).toBe("");
  });

  it("follows a link to a complete engine", async () => {
    const elsewhere = path.join(fixture.folder, "elsewhere");
    await placeEngine(elsewhere, "3.300.1");
    await symlink(path.join(elsewhere, "pulumi"), path.join(fixture.onPath, "pulumi"));
    const engine = { bin: fixture.onPath, version: "3.300.1", origin: "path" };
    expect(await engineOnPath(fixture.options())).toEqual({ engine });
  });

  it("reports nothing if PATH has no pulumi", async () => {
    expect(await engineOnPath(fixture.options())).toEqual({ failure: "PATH: pulumi not found" });
    expect(fixture.written()).toBe("");
  });

  it.each<[string, (bin: string) => Promise<unknown>, string]>([
    [
      "that is too old",
      (bin) => placeEngine(bin, "3.253.9"),
      "version 3.253.9 is older than 3.254.0",
    ],
    [
      "that is a prerelease of the oldest version",
      (bin) => placeEngine(bin, "3.254.0-alpha.1"),
      "version 3.254.0-alpha.1 is older than 3.254.0",
    ],
    [
      "without a language host",
      (bin) => Promise.all([placePulumi(bin, "3.300.0"), placePlugin(bin)]),
      "pulumi-language-nodejs is missing beside it and on PATH",
    ],
    [
      "without the plugin for dynamic providers",
      (bin) => Promise.all([placePulumi(bin, "3.300.0"), placeLanguageHost(bin)]),
      "pulumi-resource-pulumi-nodejs is missing beside it and on PATH",
    ],
    ["that does not run", (bin) => placeScript(bin, "pulumi", "exit 1"), "`pulumi version` failed"],
  ])("skips an engine %s, with one warning", async (_, place, reason) => {
    await place(fixture.onPath);
    const cli = path.join(fixture.onPath, "pulumi");
    expect(await engineOnPath(fixture.options())).toEqual({ failure: `PATH: ${cli}: ${reason}` });
    expect(fixture.written()).toBe(`Skipping ${cli}: ${reason}.\n`);
  });
});

describe("engineInCache", () => {
  let bin: string;
  beforeEach(() => void (bin = path.join(fixture.cacheFolder, VERSION)));

  it("fails if an executable is missing", async () => {
    await placePulumi(bin, VERSION);
    await placePlugin(bin);
    expect(await engineInCache(fixture.options())).toEqual({
      failure: `cache: no complete engine in ${bin}`,
    });
  });

  it("fails if the engine has another version than its directory's name", async () => {
    await placeEngine(bin, "3.1.0");
    expect(await engineInCache(fixture.options())).toEqual({
      failure: `cache: ${path.join(bin, "pulumi")} has version 3.1.0`,
    });
  });
});
