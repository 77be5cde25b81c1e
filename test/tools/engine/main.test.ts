import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import {
  type Bench,
  makeBench,
  placeGo,
  placeLanguageHost,
  placePlugin,
  placePulumi,
} from "./bench.js";

jest.setTimeout(60_000); // Child processes: slow on a busy machine.

let bench: Bench;
beforeEach(async () => void (bench = await makeBench()));
afterEach(() => bench.remove());

const MAIN = path.join(__dirname, "../../../tools/engine/main.ts");

/** Starts the command in a process of its own, with nothing of this machine's but Node. */
function start(...args: string[]) {
  return execa(process.execPath, ["--import", "tsx", MAIN, ...args], {
    extendEnv: false,
    reject: false,
    env: {
      PATH: bench.onPath,
      HOME: bench.folder,
      XDG_CACHE_HOME: bench.cacheFolder,
      LOCALAPPDATA: bench.cacheFolder,
      HTTPS_PROXY: "http://127.0.0.1:9", // Nothing listens there, so nothing is downloaded.
    },
  });
}

describe("npm run engine", () => {
  it("says where the engine is", async () => {
    await placePulumi(bench.onPath, "3.300.0");
    await placeLanguageHost(bench.onPath);
    await placePlugin(bench.onPath);

    const { stdout, exitCode } = await start();
    expect(stdout).toBe(`Pulumi 3.300.0, found on PATH: ${bench.onPath}`);
    expect(exitCode).toBe(0);

    const { stdout: json } = await start("--json");
    expect(JSON.parse(json)).toEqual({ bin: bench.onPath, version: "3.300.0", origin: "path" });
  });

  it("fails where there is no engine, and says what to do", async () => {
    const { stdout, stderr, exitCode } = await start();
    expect(stderr).toContain("Then run `npm run engine` again.");
    expect(stdout).toBe("");
    expect(exitCode).toBe(1);
  });

  it("ends with Ctrl-C and leaves nothing half-made", async () => {
    const log = await placeGo(bench.onPath, "hangs");
    const run = start();
    while (!(await readFile(log, "utf8").catch(() => "")).includes("build ")) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    run.kill("SIGINT");

    const { stderr, exitCode } = await run;
    expect(stderr).toContain("Interrupted. Nothing half-made is left.");
    expect(exitCode).toBe(130);
    const kept = path.join(bench.cacheFolder, "pulumi-cloudflare-zero-trust", "engine");
    expect(await readdir(kept)).toEqual([]);
  });

  it("explains itself", async () => {
    expect((await start("--help")).stdout).toContain("npm run engine");
    expect(await start("--jsno")).toMatchObject({ exitCode: 1 });
  });
});
