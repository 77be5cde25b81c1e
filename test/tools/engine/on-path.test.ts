import path from "node:path";
import { symlink } from "node:fs/promises";
import { MINIMUM_VERSION } from "../../../tools/engine/engine.js";
import { engineOnPath } from "../../../tools/engine/on-path.js";
import {
  type Bench,
  makeBench,
  placeLanguageHost,
  placePlugin,
  placePulumi,
  placeScript,
} from "./bench.js";

jest.setTimeout(60_000); // Child processes: slow on a busy machine.

let bench: Bench;
beforeEach(async () => void (bench = await makeBench()));
afterEach(() => bench.remove());

describe("an engine on PATH", () => {
  it("is taken when it is new enough and whole", async () => {
    await placePulumi(bench.onPath, MINIMUM_VERSION);
    await placeLanguageHost(bench.onPath);
    await placePlugin(bench.onPath);

    const engine = { bin: bench.onPath, version: MINIMUM_VERSION, origin: "path" };
    expect(await engineOnPath(bench.options())).toEqual({ engine });
    expect(bench.written()).toBe("");
  });

  it("may be a link to a whole one elsewhere", async () => {
    const elsewhere = path.join(bench.folder, "elsewhere");
    await symlink(await placePulumi(elsewhere, "3.300.1"), path.join(bench.onPath, "pulumi"));
    await placeLanguageHost(elsewhere);
    await placePlugin(elsewhere);

    const engine = { bin: bench.onPath, version: "3.300.1", origin: "path" };
    expect(await engineOnPath(bench.options())).toEqual({ engine });
  });

  it("is passed over in silence when there is none", async () => {
    expect(await engineOnPath(bench.options())).toEqual({ failure: "PATH: no pulumi there" });
    expect(bench.written()).toBe("");
  });

  it.each(["3.253.9", "3.254.0-alpha.1", "2.0.0"])(
    "is passed over with one line when it is too old (%s)",
    async (version) => {
      const cli = await placePulumi(bench.onPath, version);
      await placeLanguageHost(bench.onPath);
      await placePlugin(bench.onPath);

      const reason = `is version ${version}, and 3.254.0 or newer is needed`;
      expect(await engineOnPath(bench.options())).toEqual({ failure: `PATH: ${cli} ${reason}` });
      expect(bench.written()).toBe(`Passing over ${cli}: ${reason}.\n`);
    },
  );

  it("is passed over when it has no language host", async () => {
    const cli = await placePulumi(bench.onPath, "3.300.0");
    await placePlugin(bench.onPath);

    await engineOnPath(bench.options());
    expect(bench.written()).toBe(
      `Passing over ${cli}: has no pulumi-language-nodejs beside it or on PATH.\n`,
    );
  });

  it("is passed over when it has no plugin for dynamic providers", async () => {
    const cli = await placePulumi(bench.onPath, "3.300.0");
    await placeLanguageHost(bench.onPath);

    await engineOnPath(bench.options());
    expect(bench.written()).toBe(
      `Passing over ${cli}: has no pulumi-resource-pulumi-nodejs beside it or on PATH.\n`,
    );
  });

  it("is passed over when it does not run", async () => {
    const cli = await placeScript(bench.onPath, "pulumi", "exit 1");

    await engineOnPath(bench.options());
    expect(bench.written()).toBe(`Passing over ${cli}: does not answer \`pulumi version\`.\n`);
  });
});
