import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import path from "node:path";
import execa from "execa";
import { blocksOf, page } from "../docs/pages.js";

/** The parts of a page that leads from an empty folder to a deployment. */
export interface Walkthrough {
  /** The shell commands before and after the start of the emulator. Each part is one shell. */
  readonly before: string;
  readonly after: string;
  /** The command that runs the emulator in another terminal. */
  readonly emulator: string;
  /** The files on the page, by name. */
  readonly files: ReadonlyMap<string, string>;
}

/** The port on the pages, which is the emulator's default. */
const DEFAULT_PORT = "8787";
const EMULATOR = /^npx \S+ emulator$/m;

/**
 * Reads a page of the repository. Its ```` ```sh ```` blocks are commands. A block with a file name after its language
 * is a file.
 */
export function readWalkthrough(name: string): Walkthrough {
  const blocks = blocksOf(page(name));
  const commands = blocks.filter(({ language }) => language === "sh").map(({ code }) => code);
  const start = commands.findIndex((block) => EMULATOR.test(block));
  if (start === -1) throw new Error(`${name} does not run the emulator.`);
  return {
    before: commands.slice(0, start).join(""),
    emulator: commands[start]?.trim() ?? "",
    after: commands.slice(start + 1).join(""),
    files: new Map(blocks.flatMap(({ file, code }) => (file === undefined ? [] : [[file, code]]))),
  };
}

export interface WalkOptions {
  /** An empty folder. */
  readonly folder: string;
  /** The file to install instead of the published package. */
  readonly tarball: string;
  readonly environment: Record<string, string>;
}

/**
 * Runs exactly the commands of a page, except that it installs the tarball and uses a free port.
 * Returns the output, and the emulator's organizations by account.
 */
export async function walk(
  { before, emulator, after, files }: Walkthrough,
  { folder, tarball, environment }: WalkOptions,
): Promise<{ readonly output: string; readonly live: Record<string, unknown> }> {
  const port = await freePort();
  const shell = (script: string, options: execa.Options = {}) =>
    execa("bash", ["-euxc", script.replaceAll(DEFAULT_PORT, port)], {
      ...options,
      cwd: folder,
      env: environment,
      extendEnv: false,
      all: true,
    });
  const installed = before.replace(
    /(?<=^npm install .*)\bpulumi-cloudflare-zero-trust\b/m,
    tarball,
  );
  await shell(installed);
  for (const [name, code] of files) await writeFile(path.join(folder, name), code);

  const running = shell(`${emulator} --port ${port}`, { detached: true });
  const ended = running.catch(() => undefined);
  await new Promise<void>((resolve, reject) => {
    running.all?.on("data", (chunk: Buffer) => chunk.toString().includes("Ctrl-C") && resolve());
    void ended.then(() => reject(new Error("The emulator ended before it listened.")));
  });
  try {
    const { all: output = "" } = await shell(after);
    const [account = ""] = /\/accounts\/[0-9a-f]{32}/.exec(after) ?? [];
    const response = await fetch(`http://127.0.0.1:${port}/_emulator${account}`);
    return { output, live: (await response.json()) as Record<string, unknown> };
  } finally {
    process.kill(-(running.pid ?? 0), "SIGINT"); // to all processes of the shell, as a terminal does
    await ended;
  }
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
