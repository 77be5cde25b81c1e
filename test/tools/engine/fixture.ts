import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { VERSION } from "../../../tools/engine/engine.js";
import { type ResolvedOptions, resolveOptions } from "../../../tools/engine/options.js";

/** A temporary directory with an empty cache and an empty PATH, and the captured output. */
export interface Fixture {
  readonly folder: string;
  /** The only directory on PATH. */
  readonly onPath: string;
  readonly cacheFolder: string;
  readonly written: () => string;
  readonly options: (changes?: Partial<ResolvedOptions>) => ResolvedOptions;
  readonly remove: () => Promise<void>;
}

export async function createFixture(): Promise<Fixture> {
  const folder = await mkdtemp(path.join(tmpdir(), "engine-test-"));
  const onPath = path.join(folder, "path");
  const cacheFolder = path.join(folder, "cache");
  await mkdir(onPath);
  await mkdir(cacheFolder);
  let written = "";
  return {
    folder,
    onPath,
    cacheFolder,
    written: () => written,
    options: (changes = {}) => ({
      ...resolveOptions({
        environment: { PATH: onPath },
        cacheFolder,
        releasesUrl: "http://127.0.0.1:9", // The discard port: nothing listens there.
        output: { write: (text) => (written += text) },
      }),
      ...changes,
    }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The entries of the cache directory except the lock and the engine. */
export async function leftovers({ cacheFolder }: Fixture): Promise<string[]> {
  return (await readdir(cacheFolder)).filter((name) => name !== VERSION && name !== "lock");
}

/** Writes the three executables of a complete engine. */
export async function placeEngine(directory: string, version: string): Promise<void> {
  await placePulumi(directory, version);
  await placeLanguageHost(directory);
  await placePlugin(directory);
}

/** Writes a `pulumi` that only prints its version. */
export async function placePulumi(directory: string, version: string): Promise<string> {
  return placeScript(directory, "pulumi", `echo v${version}`);
}

export async function placeLanguageHost(directory: string): Promise<string> {
  return placeScript(directory, "pulumi-language-nodejs", "exit 0");
}

export async function placePlugin(directory: string): Promise<string> {
  return placeScript(directory, "pulumi-resource-pulumi-nodejs", "exit 0");
}

export async function placeScript(
  directory: string,
  name: string,
  script: string,
): Promise<string> {
  return placeExecutable(directory, name, `#!/bin/sh\n${script}\n`);
}

/** How the `go` of a test behaves. */
export type GoBehavior = "builds" | "cannot fetch modules" | "hangs";

/** Writes a `go` that logs each call in `go.log`. */
export async function placeGo(directory: string, behavior: GoBehavior): Promise<string> {
  const log = path.join(directory, "go.log");
  const program = `#!${process.execPath}
    const fs = require("node:fs");
    const [command, ...args] = process.argv.slice(2);
    const behavior = ${JSON.stringify(behavior)};
    fs.appendFileSync(${JSON.stringify(log)}, command + " " + args.at(-1) + "\\n");
    if (command === "build") {
      console.error("go: downloading example.com/module v1.2.3");
      if (behavior === "cannot fetch modules") {
        console.error("example.com/module@v1.2.3: no such host");
        process.exit(1);
      }
      const target = args.find((arg) => arg.startsWith("-o=")).slice(3);
      fs.writeFileSync(target, "#!/bin/sh\\necho v${VERSION}\\n", { mode: 0o755 });
      if (behavior === "hangs") {
        process.on("SIGINT", () => {
          fs.appendFileSync(${JSON.stringify(log)}, "interrupted\\n");
          process.exit(2);
        });
        fs.appendFileSync(${JSON.stringify(log)}, "waits\\n");
        setInterval(() => undefined, 1_000);
      }
    }
  `;
  await placeExecutable(directory, "go", program);
  return log;
}

async function placeExecutable(directory: string, name: string, text: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const file = path.join(directory, name);
  await writeFile(file, text, { mode: 0o755 });
  return file;
}
