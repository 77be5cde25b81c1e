import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { create } from "tar";
import { archiveName, checksumOf, engineFromDownload } from "../../../tools/engine/download.js";
import { VERSION } from "../../../tools/engine/engine.js";
import type { ResolvedOptions } from "../../../tools/engine/options.js";
import {
  type Fixture,
  leftovers,
  createFixture,
  placeLanguageHost,
  placePulumi,
} from "./fixture.js";

const ARCHIVE = archiveName("linux", process.arch) ?? "";

jest.setTimeout(60_000); // Child processes: slow on a busy machine.

let fixture: Fixture;
let server: Server | undefined;
beforeEach(async () => void (fixture = await createFixture()));
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await fixture.remove();
});

/** Serves on loopback, and returns options that download from there. */
async function serve(listener: RequestListener): Promise<ResolvedOptions> {
  const listening = createServer(listener);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const { port } = listening.address() as AddressInfo;
  return fixture.options({ releasesUrl: `http://127.0.0.1:${port}` });
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
  const folder = path.join(fixture.folder, "release");
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

describe("archiveName and checksumOf", () => {
  it.each([
    ["linux", "x64", `pulumi-v${VERSION}-linux-x64.tar.gz`],
    ["darwin", "arm64", `pulumi-v${VERSION}-darwin-arm64.tar.gz`],
    ["win32", "x64", `pulumi-v${VERSION}-windows-x64.zip`],
    ["linux", "riscv64", undefined],
    ["freebsd", "x64", undefined],
  ] as const)("archiveName returns, for %s-%s, %s", (platform, arch, name) => {
    expect(archiveName(platform, arch)).toBe(name);
  });

  it("checksumOf compares the whole file name", () => {
    const checksums = "AA11  pulumi.zip\nbb22 *pulumi.tar.gz\n";
    expect(checksumOf(checksums, "pulumi.zip")).toBe("aa11");
    expect(checksumOf(checksums, "pulumi.tar.gz")).toBe("bb22");
    expect(checksumOf(checksums, "pulumi")).toBeUndefined();
  });
});

// The archives of other systems have another format than the one that this test creates.
(process.platform === "linux" ? describe : describe.skip)("engineFromDownload", () => {
  it("installs an archive with the published checksum into the cache", async () => {
    const options = await serve(release(await makeArchive()));

    const engine = { bin: options.engineFolder, version: VERSION, origin: "download" };
    expect(await engineFromDownload(options)).toEqual({ engine });
    expect(await leftovers(fixture)).toEqual([]);
  });

  /** The failure of a download, in which the server is called "URL". */
  async function failureFrom(
    listener: RequestListener,
    changes: Partial<ResolvedOptions> = {},
  ): Promise<string | undefined> {
    const options = { ...(await serve(listener)), ...changes };
    const attempt = await engineFromDownload(options);
    expect(await leftovers(fixture)).toEqual([]);
    return "failure" in attempt ? attempt.failure.replace(options.releasesUrl, "URL") : undefined;
  }

  it("rejects an archive with another checksum", async () => {
    const archive = await makeArchive();
    const other = "f".repeat(64);
    expect(await failureFrom(release(archive, other))).toBe(
      `download from URL: ${ARCHIVE} has the SHA-256 ${sha256(archive)}; the published one is ${other}`,
    );
  });

  it("rejects an archive without a published checksum", async () => {
    expect(await failureFrom((_, response) => response.end("0000  other.zip\n"))).toBe(
      `download: pulumi-${VERSION}-checksums.txt does not list ${ARCHIVE}`,
    );
  });

  it("rejects an archive without the language host", async () => {
    expect(await failureFrom(release(await makeArchive(VERSION, false)))).toBe(
      `download from URL: ${ARCHIVE} does not contain pulumi-language-nodejs`,
    );
  });

  it("rejects an archive with another version than its name", async () => {
    expect(await failureFrom(release(await makeArchive("3.1.0")))).toBe(
      `download from URL: the result has version 3.1.0, not ${VERSION}`,
    );
  });

  it("fails if the release does not exist", async () => {
    expect(await failureFrom((_, response) => response.writeHead(404).end())).toBe(
      "download from URL: Request failed with status code 404",
    );
  });

  it("fails if the server does not respond", async () => {
    expect(await failureFrom(() => undefined, { idleTimeoutMs: 100 })).toBe(
      "download from URL: no response within 0.1 s",
    );
  });

  /** Sends only the beginning of the archive. */
  const stalled = async (onArchive = (): void => undefined): Promise<RequestListener> => {
    const whole = release(await makeArchive());
    return (request, response) => {
      if (request.url === `/${ARCHIVE}`) {
        response.write("half");
        onArchive();
      } else whole(request, response);
    };
  };

  it("fails if the download stalls", async () => {
    expect(await failureFrom(await stalled(), { idleTimeoutMs: 200 })).toBe(
      "download from URL: no response within 0.2 s",
    );
  });

  it("stops on the signal and leaves no files", async () => {
    const interruption = new AbortController();
    const options = await serve(await stalled(() => interruption.abort()));
    await expect(
      engineFromDownload({ ...options, signal: interruption.signal }),
    ).rejects.toMatchObject({ name: "AbortError" });
    expect(await leftovers(fixture)).toEqual([]);
  });
});
