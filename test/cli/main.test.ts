import { open } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import execa from "execa";
import { EMULATOR_TOKEN, startEmulator } from "../../emulator/index.js";
import { temporaryFolder } from "./run-command.js";

const REPOSITORY = path.resolve(__dirname, "../..");
const TSX = pathToFileURL(require.resolve("tsx")).href;
const COMMAND = ["--import", TSX, path.join(REPOSITORY, "provider/cli/main.ts")];

/** Runs the command in its own process, and closes its standard output after the first chunk. */
function startAndClosePipe(...args: string[]) {
  const options = { reject: false, buffer: false, timeout: 30_000 };
  const child = execa(process.execPath, [...COMMAND, ...args], options);
  const errors: string[] = [];
  child.stderr?.on("data", (chunk) => errors.push(String(chunk)));
  const first = new Promise<string>((resolve) =>
    child.stdout?.once("data", (chunk) => {
      child.stdout?.destroy();
      resolve(String(chunk));
    }),
  );
  return { child, first, errors };
}

describe("a command whose pipe was closed", () => {
  it("finishes without an error message", async () => {
    const { child, errors } = startAndClosePipe("doctor");
    expect(await child).toMatchObject({ exitCode: 1 });
    expect(errors).toEqual([]);
  });

  it("keeps running if it is a server", async () => {
    const { child, first, errors } = startAndClosePipe("emulator", "--port", "0");
    const [, address = ""] = /CLOUDFLARE_BASE_URL=(\S+)/.exec(await first) ?? [];
    for (let request = 0; request < 3; request += 1) {
      const response = await fetch(`${address}/accounts`, { headers: { connection: "close" } });
      expect(await response.text()).toContain('"success":false');
    }
    child.kill("SIGINT");
    expect(await child).toMatchObject({ exitCode: 0 });
    expect(errors).toEqual([]);
  });
});

it("doctor reports which packages its folder lacks, and names the commands that install them", async () => {
  const { folder, remove } = await temporaryFolder();
  const { stdout } = await execa(process.execPath, [...COMMAND, "doctor"], {
    cwd: folder,
    reject: false,
  });
  await remove();
  expect(stdout.replaceAll(folder, "/folder")).toContain(
    [
      "✗ Package        pulumi-cloudflare-zero-trust is not installed in /folder.",
      "                 Run this command in the directory of your Pulumi project. If it is, run `npm install pulumi-cloudflare-zero-trust`.",
      "✗ SDK            @pulumi/pulumi is not installed in /folder.",
      "                 Run `npm install @pulumi/pulumi@^3` in the directory of your Pulumi project.",
      "",
    ].join("\n"),
  );
});

describe("Ctrl-C during the progress bar", () => {
  it("ends the command and restores the cursor and the line wrap of the terminal", async () => {
    const emulator = await startEmulator({ latencyMs: 5000 });
    const child = execa(
      process.execPath,
      [...ON_TERMINAL, ...COMMAND, "import", "--accounts", "-", "--out", "/dev/null/nowhere"],
      {
        input: "0123456789abcdef0123456789abcdef",
        env: { CLOUDFLARE_API_TOKEN: EMULATOR_TOKEN, CLOUDFLARE_BASE_URL: emulator.baseUrl },
        reject: false,
      },
    );
    let shown = "";
    const isShown = new Promise<void>((resolve) =>
      child.stderr?.on("data", (chunk) => {
        shown += String(chunk);
        if (shown.includes("0 of 1 accounts")) resolve();
      }),
    );
    await isShown;
    expect(shown).toContain(HIDE);
    child.kill("SIGINT");
    expect(await child).toMatchObject({ signal: "SIGINT", stdout: "" });
    await emulator.close();
    expect(shown.lastIndexOf(SHOW)).toBeGreaterThan(shown.lastIndexOf(HIDE));
    expect(shown.lastIndexOf(WRAP)).toBeGreaterThan(shown.lastIndexOf(NO_WRAP));
  });

  /** Makes a pipe look like a terminal. */
  const ON_TERMINAL = ["--import", "data:text/javascript,process.stderr.isTTY=true"];
  const [HIDE, SHOW] = ["\u001B[?25l", "\u001B[?25h"];
  const [NO_WRAP, WRAP] = ["\u001B[?7l", "\u001B[?7h"];
});

it("reports that standard output cannot be written, with exit code 1", async () => {
  const full = await open("/dev/full", "w");
  const { exitCode, stderr } = await execa(process.execPath, [...COMMAND, "--version"], {
    reject: false,
    stdout: full.fd,
  });
  await full.close();
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: "Cannot write to standard output (ENOSPC).",
  });
});
