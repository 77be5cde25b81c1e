import { existsSync } from "node:fs";
import path from "node:path";
import { offlineEnvironment } from "../../../tools/engine/index.js";
import type { Engine } from "../../../tools/engine/index.js";
import { type Bench, makeBench } from "./bench.js";

const ENGINE: Engine = { bin: path.resolve("/engine"), version: "3.259.0", origin: "cache" };

let bench: Bench;
beforeEach(async () => void (bench = await makeBench()));
afterEach(() => bench.remove());

describe("the offline environment", () => {
  it("keeps state in the given home, whose state folder it makes", () => {
    const environment = offlineEnvironment(ENGINE, bench.folder, {});
    const state = path.join(bench.folder, "state");
    expect(environment).toMatchObject({
      PULUMI_HOME: bench.folder,
      PULUMI_BACKEND_URL: `file://${state}`,
    });
    expect(existsSync(state)).toBe(true);
  });

  it("has the engine first on PATH", () => {
    const given = [path.resolve("/a"), path.resolve("/b")].join(path.delimiter);
    const { PATH } = offlineEnvironment(ENGINE, bench.folder, { PATH: given });
    expect(PATH).toBe(`${ENGINE.bin}${path.delimiter}${given}`);
  });

  it("drops every inherited setting of Pulumi and Cloudflare, and keeps the rest", () => {
    const environment = offlineEnvironment(ENGINE, bench.folder, {
      PULUMI_ACCESS_TOKEN: "secret",
      PULUMI_STACK: "production",
      CLOUDFLARE_API_TOKEN: "secret",
      HOME: "/home/someone",
      EMPTY: undefined,
    });
    expect(Object.keys(environment)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/ACCESS_TOKEN|STACK|CLOUDFLARE/)]),
    );
    expect(Object.values(environment)).not.toContain("secret");
    expect(environment).toMatchObject({ HOME: "/home/someone" });
    expect(environment).not.toHaveProperty("EMPTY");
  });
});
