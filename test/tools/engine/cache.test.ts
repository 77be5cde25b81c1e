import path from "node:path";
import { engineInCache } from "../../../tools/engine/cache.js";
import { VERSION } from "../../../tools/engine/engine.js";
import { type Bench, makeBench, placeLanguageHost, placePlugin, placePulumi } from "./bench.js";

let bench: Bench;
let bin: string;
beforeEach(async () => {
  bench = await makeBench();
  bin = path.join(bench.cacheFolder, VERSION);
});
afterEach(() => bench.remove());

async function placeAll(version: string): Promise<void> {
  await placePulumi(bin, version);
  await placeLanguageHost(bin);
  await placePlugin(bin);
}

describe("an engine in the cache", () => {
  it("is taken when it is whole and runs", async () => {
    await placeAll(VERSION);
    const engine = { bin, version: VERSION, origin: "cache" };
    expect(await engineInCache(bench.options())).toEqual({ engine });
  });

  it("is not there in an empty cache", async () => {
    expect(await engineInCache(bench.options())).toEqual({ failure: `cache: nothing in ${bin}` });
  });

  it("does not count when a part is missing", async () => {
    await placePulumi(bin, VERSION);
    await placePlugin(bin);
    expect(await engineInCache(bench.options())).toEqual({ failure: `cache: nothing in ${bin}` });
  });

  it("does not count when it is another version than its folder says", async () => {
    await placeAll("3.1.0");
    expect(await engineInCache(bench.options())).toEqual({
      failure: `cache: ${path.join(bin, "pulumi")} says that it is version 3.1.0`,
    });
  });
});
