import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import axios from "axios";
import execa from "execa";
import { extract } from "tar";
import { type Attempt, VERSION } from "./engine.js";
import { CLI, findIn, LANGUAGE_HOST } from "./executables.js";
import { install } from "./install.js";
import type { ResolvedOptions } from "./options.js";
import { showProgress } from "./progress.js";

const CHECKSUMS = `pulumi-${VERSION}-checksums.txt`;
const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: "linux",
  darwin: "darwin",
  win32: "windows",
};

/** Returns the name of the official archive, or undefined if Pulumi publishes none. */
export function archiveName(platform: NodeJS.Platform, arch: string): string | undefined {
  const system = SYSTEMS[platform];
  if (system === undefined || !["x64", "arm64"].includes(arch)) return undefined;
  return `pulumi-v${VERSION}-${system}-${arch}.${platform === "win32" ? "zip" : "tar.gz"}`;
}

/** Downloads Pulumi's own release and compares it with the published checksum. */
export async function engineFromDownload(options: ResolvedOptions): Promise<Attempt> {
  const archive = archiveName(process.platform, process.arch);
  if (archive === undefined)
    return { failure: `download: Pulumi publishes none for ${process.platform}-${process.arch}` };
  try {
    // The small file comes first: it shows within seconds whether the server is reachable.
    const expected = checksumOf(await fetchChecksums(options), archive);
    if (expected === undefined)
      return { failure: `download: ${CHECKSUMS} does not list ${archive}` };

    const engine = await install(options, "download", async ({ bin, scratch }) => {
      const file = path.join(scratch, archive);
      const actual = await fetchArchive(options, archive, file);
      if (actual !== expected)
        throw new Error(`${archive} has the SHA-256 ${actual}; the published one is ${expected}`);
      await unpack(file, scratch, bin);
    });
    return { engine };
  } catch (error) {
    options.signal.throwIfAborted();
    return { failure: `download from ${options.releasesUrl}: ${reasonOf(error)}` };
  }
}

/** Returns the checksum of one file from the output of `sha256sum`. */
export function checksumOf(checksums: string, file: string): string | undefined {
  const entries = checksums.split("\n").map((line) => line.trim().split(/\s+\*?/));
  return entries.find(([, name]) => name === file)?.[0]?.toLowerCase();
}

async function fetchChecksums(options: ResolvedOptions): Promise<string> {
  return withIdleTimeout(options, async (signal) => {
    const { data } = await axios.get<string>(`${options.releasesUrl}/${CHECKSUMS}`, {
      responseType: "text",
      maxContentLength: 1_000_000,
      signal,
    });
    return data;
  });
}

/** Writes the archive to a file and returns its SHA-256. */
async function fetchArchive(
  options: ResolvedOptions,
  archive: string,
  file: string,
): Promise<string> {
  const hash = createHash("sha256");
  const progress = showProgress(options.output, `downloading ${archive}`);
  let received = 0;
  await withIdleTimeout(options, async (signal, onByte) => {
    const { data } = await axios.get<Readable>(`${options.releasesUrl}/${archive}`, {
      responseType: "stream",
      signal,
    });
    data.on("data", (chunk: Buffer) => {
      onByte();
      hash.update(chunk);
      received += chunk.length;
      progress.detail(`${Math.round(received / 1_000_000)} MB`);
    });
    await pipeline(data, createWriteStream(file), { signal });
  }).finally(progress.end);
  return hash.digest("hex");
}

/** Fails if no byte arrives for the idle timeout. */
async function withIdleTimeout<T>(
  { signal, idleTimeoutMs }: ResolvedOptions,
  work: (signal: AbortSignal, onByte: () => void) => Promise<T>,
): Promise<T> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), idleTimeoutMs);
  try {
    return await work(AbortSignal.any([signal, timeout.signal]), () => timer.refresh());
  } catch (error) {
    if (!timeout.signal.aborted) throw error;
    throw new Error(`no response within ${idleTimeoutMs / 1_000} s`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** Moves the two required executables out of the archive, which contains a dozen more. */
async function unpack(file: string, scratch: string, bin: string): Promise<void> {
  const required = [CLI, LANGUAGE_HOST];
  if (file.endsWith(".zip")) {
    // Windows' own tar unpacks zip files. Another tar on PATH, such as Git's, does not.
    const tar = path.join(process.env.SystemRoot ?? "C:\\Windows", "System32", "tar.exe");
    await execa(tar, ["-xf", file, "-C", scratch]);
  } else {
    const filter = (entry: string) => required.includes(path.basename(entry));
    await extract({ file, cwd: scratch, filter });
  }
  const directories = [path.join(scratch, "pulumi"), path.join(scratch, "pulumi", "bin")];
  for (const name of required) {
    const found = await findIn(directories, name);
    if (found === undefined) throw new Error(`${path.basename(file)} does not contain ${name}`);
    await rename(found, path.join(bin, name));
  }
}

/** A refused connection to several addresses has a code and an empty message. */
function reasonOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return message || (code ?? String(error));
}
