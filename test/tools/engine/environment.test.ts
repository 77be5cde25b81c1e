import { existsSync } from "node:fs";
import path from "node:path";
import { offlineEnvironment } from "../../../tools/engine/index.js";
import type { Engine } from "../../../tools/engine/index.js";
import { type Fixture, createFixture } from "./fixture.js";

const ENGINE: Engine = { bin: path.resolve("/engine"), version: "3.276.0", origin: "cache" };

let fixture: Fixture;
beforeEach(async () => void (fixture = await createFixture()));
afterEach(() => fixture.remove());

describe("offlineEnvironment", () => {
  it("keeps the state in the given home and creates its directory", () => {
    const environment = offlineEnvironment(ENGINE, fixture.folder, {});
    const state = path.join(fixture.folder, "state");
    expect(environment).toMatchObject({
      PULUMI_HOME: fixture.folder,
      PULUMI_BACKEND_URL: `file://${state}`,
    });
    expect(existsSync(state)).toBe(true);
  });

  it("puts the engine first on PATH", () => {
    const given = [path.resolve("/a"), path.resolve("/b")].join(path.delimiter);
    const { PATH } = offlineEnvironment(ENGINE, fixture.folder, { PATH: given });
    expect(PATH).toBe(`${ENGINE.bin}${path.delimiter}${given}`);
  });

  it("omits inherited settings of Pulumi and Cloudflare and keeps the rest", () => {
    const environment = offlineEnvironment(ENGINE, fixture.folder, {
      PULUMI_ACCESS_TOKEN: "secret",
      PULUMI_STACK: "production",
      CLOUDFLARE_API_TOKEN: "secret",
      HOME: "/home/someone",
      EMPTY: undefined,
    });
    expect(JSON.stringify(environment)).not.toMatch(/secret|production/);
    expect(environment).toMatchObject({ HOME: "/home/someone" });
    expect(environment).not.toHaveProperty("EMPTY");
  });
});
