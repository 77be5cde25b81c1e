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

/** The name of the official archive; undefined where Pulumi publishes none. */
export function archiveName(platform: NodeJS.Platform, arch: string): string | undefined {
  const system = SYSTEMS[platform];
  if (system === undefined || !["x64", "arm64"].includes(arch)) return undefined;
  return `pulumi-v${VERSION}-${system}-${arch}.${platform === "win32" ? "zip" : "tar.gz"}`;
}

/** Pulumi's own release, held against the checksum published with it. */
export async function engineFromDownload(options: ResolvedOptions): Promise<Attempt> {
  const archive = archiveName(process.platform, process.arch);
  if (archive === undefined) {
    return { failure: `download: Pulumi publishes none for ${process.platform}-${process.arch}` };
  }
  try {
    // The small file first: it tells within seconds whether the place can be reached at all.
    const checksums = await fetchChecksums(options);
    const expected = checksumOf(checksums, archive);
    if (expected === undefined) return { failure: `download: ${CHECKSUMS} has no ${archive}` };

    const engine = await install(options, "download", async ({ bin, scratch }) => {
      const file = path.join(scratch, archive);
      const actual = await fetchArchive(options, archive, file);
      if (actual !== expected) {
        throw new Error(`${archive} has the SHA-256 ${actual}, and ${expected} was published`);
      }
      await unpack(file, scratch, bin);
    });
    return { engine };
  } catch (error) {
    options.signal.throwIfAborted();
    return { failure: `download from ${options.releasesUrl}: ${reasonOf(error)}` };
  }
}

/** The entry of one file in the output format of `sha256sum`. */
export function checksumOf(checksums: string, file: string): string | undefined {
  const entries = checksums.split("\n").map((line) => line.trim().split(/\s+\*?/));
  return entries.find(([, name]) => name === file)?.[0]?.toLowerCase();
}

async function fetchChecksums(options: ResolvedOptions): Promise<string> {
  return patiently(options, async (signal) => {
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
  try {
    await patiently(options, async (signal, onByte) => {
      const { data } = await axios.get<Readable>(`${options.releasesUrl}/${archive}`, {
        responseType: "stream",
        signal,
      });
      let received = 0;
      const meter = async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          onByte();
          hash.update(chunk);
          received += chunk.length;
          progress.detail(`${Math.round(received / 1_000_000)} MB`);
          yield chunk;
        }
      };
      await pipeline(data, meter, createWriteStream(file), { signal });
    });
  } finally {
    progress.end();
  }
  return hash.digest("hex");
}

/** Ends the work when nothing has come for as long as the options allow. */
async function patiently<T>(
  options: ResolvedOptions,
  work: (signal: AbortSignal, onByte: () => void) => Promise<T>,
): Promise<T> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), options.patience);
  try {
    return await work(AbortSignal.any([options.signal, silence.signal]), () => timer.refresh());
  } catch (error) {
    if (!silence.signal.aborted) throw error;
    throw new Error(`no answer within ${options.patience / 1_000} s`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** Moves the two executables that are needed out of the archive; it holds a dozen more. */
async function unpack(file: string, scratch: string, bin: string): Promise<void> {
  const wanted = [CLI, LANGUAGE_HOST];
  if (file.endsWith(".zip")) {
    // The tar that comes with Windows unpacks zip files as well.
    const tar = path.join(process.env.SystemRoot ?? "C:\\Windows", "System32", "tar.exe");
    await execa(tar, ["-xf", file, "-C", scratch]);
  } else {
    const filter = (entry: string) => wanted.includes(path.basename(entry));
    await extract({ file, cwd: scratch, filter });
  }
  const places = [path.join(scratch, "pulumi"), path.join(scratch, "pulumi", "bin")];
  for (const name of wanted) {
    const found = await findIn(places, name);
    if (found === undefined) throw new Error(`${path.basename(file)} holds no ${name}`);
    await rename(found, path.join(bin, name));
  }
}

/** A connection refused on several addresses has a code and an empty message. */
function reasonOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return message || (code ?? String(error));
}
