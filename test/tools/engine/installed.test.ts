import path from "node:path";
import { symlink } from "node:fs/promises";
import { MINIMUM_VERSION, VERSION } from "../../../tools/engine/engine.js";
import { engineInCache, engineOnPath } from "../../../tools/engine/installed.js";
import {
  type Fixture,
  createFixture,
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
    await placePulumi(fixture.onPath, MINIMUM_VERSION);
    await placeLanguageHost(fixture.onPath);
    await placePlugin(fixture.onPath);

    const engine = { bin: fixture.onPath, version: MINIMUM_VERSION, origin: "path" };
    expect(await engineOnPath(fixture.options())).toEqual({ engine });
    expect(fixture.written()).toBe("");
  });

  it("follows a link to a complete engine", async () => {
    const elsewhere = path.join(fixture.folder, "elsewhere");
    await symlink(await placePulumi(elsewhere, "3.300.1"), path.join(fixture.onPath, "pulumi"));
    await placeLanguageHost(elsewhere);
    await placePlugin(elsewhere);

    const engine = { bin: fixture.onPath, version: "3.300.1", origin: "path" };
    expect(await engineOnPath(fixture.options())).toEqual({ engine });
  });

  it("reports nothing if PATH has no pulumi", async () => {
    expect(await engineOnPath(fixture.options())).toEqual({ failure: "PATH: pulumi not found" });
    expect(fixture.written()).toBe("");
  });

  it.each(["3.253.9", "3.254.0-alpha.1"])(
    "skips version %s, which is too old, with one warning",
    async (version) => {
      const cli = await placePulumi(fixture.onPath, version);
      await placeLanguageHost(fixture.onPath);
      await placePlugin(fixture.onPath);

      const reason = `version ${version} is older than 3.254.0`;
      expect(await engineOnPath(fixture.options())).toEqual({ failure: `PATH: ${cli}: ${reason}` });
      expect(fixture.written()).toBe(`Skipping ${cli}: ${reason}.\n`);
    },
  );

  it("skips an engine without a language host", async () => {
    const cli = await placePulumi(fixture.onPath, "3.300.0");
    await placePlugin(fixture.onPath);

    await engineOnPath(fixture.options());
    expect(fixture.written()).toBe(
      `Skipping ${cli}: pulumi-language-nodejs is missing beside it and on PATH.\n`,
    );
  });

  it("skips an engine without the plugin for dynamic providers", async () => {
    const cli = await placePulumi(fixture.onPath, "3.300.0");
    await placeLanguageHost(fixture.onPath);

    await engineOnPath(fixture.options());
    expect(fixture.written()).toBe(
      `Skipping ${cli}: pulumi-resource-pulumi-nodejs is missing beside it and on PATH.\n`,
    );
  });

  it("skips an engine that does not run", async () => {
    const cli = await placeScript(fixture.onPath, "pulumi", "exit 1");

    await engineOnPath(fixture.options());
    expect(fixture.written()).toBe(`Skipping ${cli}: \`pulumi version\` failed.\n`);
  });
});

describe("engineInCache", () => {
  let bin: string;
  beforeEach(() => void (bin = path.join(fixture.cacheFolder, VERSION)));

  async function placeAll(version: string): Promise<void> {
    await placePulumi(bin, version);
    await placeLanguageHost(bin);
    await placePlugin(bin);
  }

  it("finds a complete engine that runs", async () => {
    await placeAll(VERSION);
    const engine = { bin, version: VERSION, origin: "cache" };
    expect(await engineInCache(fixture.options())).toEqual({ engine });
  });

  it("fails if an executable is missing", async () => {
    await placePulumi(bin, VERSION);
    await placePlugin(bin);
    expect(await engineInCache(fixture.options())).toEqual({
      failure: `cache: no complete engine in ${bin}`,
    });
  });

  it("fails if the engine has another version than its directory's name", async () => {
    await placeAll("3.1.0");
    expect(await engineInCache(fixture.options())).toEqual({
      failure: `cache: ${path.join(bin, "pulumi")} has version 3.1.0`,
    });
  });
});
