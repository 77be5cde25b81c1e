import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { type Fixture, createFixture, placeEngine, placeGo } from "./fixture.js";

jest.setTimeout(60_000); // Child processes: slow on a busy machine.

let fixture: Fixture;
beforeEach(async () => void (fixture = await createFixture()));
afterEach(() => fixture.remove());

const MAIN = path.join(__dirname, "../../../tools/engine/main.ts");

/** Starts the command with an environment that contains nothing of this machine except Node. */
function start() {
  return execa(process.execPath, ["--import", "tsx", MAIN], {
    extendEnv: false,
    reject: false,
    env: {
      PATH: fixture.onPath,
      HOME: fixture.folder,
      XDG_CACHE_HOME: fixture.cacheFolder,
      LOCALAPPDATA: fixture.cacheFolder,
      HTTPS_PROXY: "http://127.0.0.1:9", // Nothing listens there, so nothing is downloaded.
    },
  });
}

describe("npm run engine", () => {
  it("prints where the engine is", async () => {
    await placeEngine(fixture.onPath, "3.300.0");
    const { stdout, exitCode } = await start();
    expect(stdout).toBe(`Pulumi 3.300.0, found on PATH: ${fixture.onPath}`);
    expect(exitCode).toBe(0);
  });

  it("fails without an engine and prints what to do", async () => {
    const { stdout, stderr, exitCode } = await start();
    expect(stderr).toContain("Then run `npm run engine` again.");
    expect(stdout).toBe("");
    expect(exitCode).toBe(1);
  });

  it("interrupts a build on Ctrl-C, waits for its end and leaves no files", async () => {
    const log = await placeGo(fixture.onPath, "hangs");
    const run = start();
    while (!(await readFile(log, "utf8").catch(() => "")).includes("waits")) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    run.kill("SIGINT");

    const { stderr, exitCode } = await run;
    expect(stderr).toContain("Interrupted.");
    expect(exitCode).toBe(130);
    expect(await readFile(log, "utf8")).toContain("interrupted");
    const kept = path.join(fixture.cacheFolder, "pulumi-cloudflare-zero-trust", "engine");
    expect(await readdir(kept)).toEqual([]);
  });
});
