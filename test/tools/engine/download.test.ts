import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { create } from "tar";
import { archiveName, checksumOf, engineFromDownload } from "../../../tools/engine/download.js";
import { VERSION } from "../../../tools/engine/engine.js";
import type { ResolvedOptions } from "../../../tools/engine/options.js";
import { type Bench, leftovers, makeBench, placeLanguageHost, placePulumi } from "./bench.js";

const ARCHIVE = archiveName("linux", process.arch) ?? "";

jest.setTimeout(60_000); // Child processes: slow on a busy machine.

let bench: Bench;
let server: Server | undefined;
beforeEach(async () => void (bench = await makeBench()));
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await bench.remove();
});

/** Serves on loopback, and returns options that download from there. */
async function serve(listener: RequestListener): Promise<ResolvedOptions> {
  const listening = createServer(listener);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const { port } = listening.address() as AddressInfo;
  return bench.options({ releasesUrl: `http://127.0.0.1:${port}` });
}

/** A release as Pulumi publishes it: each path answers with its content. */
function release(archive: Buffer, checksum = sha256(archive)): RequestListener {
  const files = new Map<string | undefined, string | Buffer>([
    [`/pulumi-${VERSION}-checksums.txt`, `${"0".repeat(64)}  other.zip\n${checksum}  ${ARCHIVE}\n`],
    [`/${ARCHIVE}`, archive],
  ]);
  return (request, response) => {
    const content = files.get(request.url);
    response.statusCode = content === undefined ? 404 : 200;
    response.end(content);
  };
}

async function makeArchive(version = VERSION, withLanguageHost = true): Promise<Buffer> {
  const folder = path.join(bench.folder, "release");
  const content = path.join(folder, "pulumi");
  await mkdir(folder);
  await placePulumi(content, version);
  if (withLanguageHost) await placeLanguageHost(content);
  await create({ gzip: true, cwd: folder, file: path.join(folder, "archive") }, ["pulumi"]);
  return readFile(path.join(folder, "archive"));
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

describe("the names that Pulumi publishes under", () => {
  it.each([
    ["linux", "x64", `pulumi-v${VERSION}-linux-x64.tar.gz`],
    ["darwin", "arm64", `pulumi-v${VERSION}-darwin-arm64.tar.gz`],
    ["win32", "x64", `pulumi-v${VERSION}-windows-x64.zip`],
    ["linux", "riscv64", undefined],
    ["freebsd", "x64", undefined],
  ] as const)("on %s-%s: %s", (platform, arch, name) => {
    expect(archiveName(platform, arch)).toBe(name);
  });

  it("are looked up whole in the checksum file", () => {
    const checksums = "AA11  pulumi.zip\nbb22 *pulumi.tar.gz\n";
    expect(checksumOf(checksums, "pulumi.zip")).toBe("aa11");
    expect(checksumOf(checksums, "pulumi.tar.gz")).toBe("bb22");
    expect(checksumOf(checksums, "pulumi")).toBeUndefined();
  });
});

// The archives for other systems differ in form; what is made here is the one for Linux.
(process.platform === "linux" ? describe : describe.skip)("the official download", () => {
  it("becomes the engine in the cache when its checksum is the published one", async () => {
    const options = await serve(release(await makeArchive()));

    const engine = { bin: options.engineFolder, version: VERSION, origin: "download" };
    expect(await engineFromDownload(options)).toEqual({ engine });
    expect(await leftovers(bench)).toEqual([]);
  });

  it("is refused when its checksum is not the published one", async () => {
    const archive = await makeArchive();
    const options = await serve(release(archive, "f".repeat(64)));

    expect(await engineFromDownload(options)).toEqual({
      failure:
        `download from ${options.releasesUrl}: ${ARCHIVE} has the SHA-256 ${sha256(archive)}, ` +
        `and ${"f".repeat(64)} was published`,
    });
    expect(await leftovers(bench)).toEqual([]);
  });

  it("is refused when no checksum is published for it", async () => {
    const options = await serve((_, response) => response.end("0000  other.zip\n"));
    expect(await engineFromDownload(options)).toEqual({
      failure: `download: pulumi-${VERSION}-checksums.txt has no ${ARCHIVE}`,
    });
  });

  it("is refused when it lacks the language host", async () => {
    const options = await serve(release(await makeArchive(VERSION, false)));
    expect(await engineFromDownload(options)).toEqual({
      failure: `download from ${options.releasesUrl}: ${ARCHIVE} holds no pulumi-language-nodejs`,
    });
    expect(await leftovers(bench)).toEqual([]);
  });

  it("is refused when it is another version than its name says", async () => {
    const options = await serve(release(await makeArchive("3.1.0")));
    expect(await engineFromDownload(options)).toEqual({
      failure: `download from ${options.releasesUrl}: the result is version 3.1.0, not ${VERSION}`,
    });
    expect(await leftovers(bench)).toEqual([]);
  });

  it("is given up at once where nothing listens", async () => {
    const options = bench.options();
    expect(await engineFromDownload(options)).toEqual({
      failure: `download from ${options.releasesUrl}: connect ECONNREFUSED 127.0.0.1:9`,
    });
  });

  it("is given up when the release is not there", async () => {
    const options = await serve((_, response) => response.writeHead(404).end());
    expect(await engineFromDownload(options)).toEqual({
      failure: `download from ${options.releasesUrl}: Request failed with status code 404`,
    });
  });

  it("is given up when there is no answer", async () => {
    const options = { ...(await serve(() => undefined)), patience: 100 };
    expect(await engineFromDownload(options)).toEqual({
      failure: `download from ${options.releasesUrl}: no answer within 0.1 s`,
    });
  });

  it("is given up when it stops half way", async () => {
    const whole = release(await makeArchive());
    const options = await serve((request, response) => {
      if (request.url === `/${ARCHIVE}`) response.write("half");
      else whole(request, response);
    });
    expect(await engineFromDownload({ ...options, patience: 200 })).toEqual({
      failure: `download from ${options.releasesUrl}: no answer within 0.2 s`,
    });
    expect(await leftovers(bench)).toEqual([]);
  });

  it("ends with the signal and leaves nothing", async () => {
    const whole = release(await makeArchive());
    const interruption = new AbortController();
    const options = await serve((request, response) => {
      if (request.url !== `/${ARCHIVE}`) {
        whole(request, response);
        return;
      }
      response.write("half");
      interruption.abort();
    });
    await expect(
      engineFromDownload({ ...options, signal: interruption.signal }),
    ).rejects.toMatchObject({ name: "AbortError" });
    expect(await leftovers(bench)).toEqual([]);
  });
});
