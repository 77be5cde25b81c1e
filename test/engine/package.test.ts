import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId, liveSettings, requestsTo } from "./accounts.js";
import { changesIn } from "./diagnostics.js";
import { createProject, organization, succeeded, type Project } from "./project.js";

jest.setTimeout(240_000);

const ACCOUNT = accountId(1);
const REPOSITORY = path.resolve(__dirname, "../..");

describe("the package as it is published", () => {
  let folder: string;
  let tarball: string;
  let files: string[];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "zero-trust-package-"));
    const { stdout } = await npm(["pack", "--json", "--pack-destination", folder], REPOSITORY);
    const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
    tarball = path.join(folder, packed.filename);
    files = packed.files.map((file) => file.path);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("holds the build and the four files that every package has, and nothing else", () => {
    const rest = files.filter((file) => !file.startsWith("dist/provider/"));
    expect(rest.sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "package.json"]);
    expect(files).toContain("dist/provider/index.js");
    expect(files).toContain("dist/provider/index.d.ts");
    expect(files).toContain("dist/provider/provider.js");
  });

  it("is built from the present sources, and holds nothing of former ones", async () => {
    const declared = files
      .filter((file) => file.endsWith(".d.ts"))
      .map((file) => file.replace(/^dist\//, "").replace(/\.d\.ts$/, ".ts"));
    const bundled = (await sourceMaps()).flatMap(({ file, map }) =>
      map.sources.map((source) => path.posix.join(path.posix.dirname(file), source)),
    );
    const present = await readdir(path.join(REPOSITORY, "provider"), { recursive: true });
    const sources = new Set(present.map((file) => `provider/${file}`));

    expect([...declared, ...bundled].filter((source) => !sources.has(source))).toEqual([]);
    expect(bundled).toContain("provider/lifecycle/apply.ts");
  });

  it("names no path of this machine", async () => {
    for (const file of files) {
      const text = await readFile(path.join(REPOSITORY, file), "utf8");
      expect(text.includes(REPOSITORY) ? file : "").toBe("");
    }
    for (const { map } of await sourceMaps())
      for (const source of [map.sourceRoot ?? "", ...map.sources])
        expect(source).not.toMatch(/^\/|^\w+:/);
  });

  async function sourceMaps(): Promise<{ file: string; map: SourceMap }[]> {
    const maps = files.filter((file) => file.endsWith(".map"));
    return Promise.all(
      maps.map(async (file) => {
        const text = await readFile(path.join(REPOSITORY, file), "utf8");
        return { file, map: JSON.parse(text) as SourceMap };
      }),
    );
  }

  describe("installed into an empty project", () => {
    let emulator: Emulator;
    let project: Project;

    beforeAll(async () => {
      const app = path.join(folder, "app");
      await mkdir(app);
      await writeFile(path.join(app, "package.json"), JSON.stringify({ private: true }));
      await install(app, [tarball, await sdkOfRepository()]);

      emulator = await startEmulator();
      emulator.seed("accounts", ACCOUNT, { session_duration: "24h" });
      project = await createProject(emulator, { nodeModules: path.join(app, "node_modules") });
      await project.program(
        organization("organization", { accountId: ACCOUNT, sessionDuration: "12h" }),
      );
    });

    afterAll(async () => {
      await project.remove();
      await emulator.close();
    });

    it("is a copy of its own, and not this repository", async () => {
      const installed = path.join(folder, "app/node_modules/pulumi-cloudflare-zero-trust");
      expect((await readdir(installed)).sort()).toEqual([
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "dist",
        "package.json",
      ]);
    });

    it("deploys", async () => {
      await succeeded(project.up());
      expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "PUT"]);
      expect(liveSettings(emulator, ACCOUNT)).toMatchObject({ session_duration: "12h" });
    });

    it("has nothing to change in the next preview", async () => {
      emulator.clearRequests();
      await succeeded(project.preview("--expect-no-changes"));
      expect(emulator.requests).toEqual([]);
    });

    it("finds drift", async () => {
      emulator.edit("accounts", ACCOUNT, { session_duration: "48h" });
      const { exitCode, output } = await project.drift();
      expect(exitCode).toBe(7);
      expect(changesIn(output)).toEqual(['~ sessionDuration: "12h" => "48h"']);
    });

    it("is destroyed and leaves the organization", async () => {
      await succeeded(project.destroy());
      expect(await project.state()).toEqual({});
      expect(liveSettings(emulator, ACCOUNT)).toMatchObject({ session_duration: "48h" });
    });
  });
});

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourceRoot?: string;
}

function npm(args: readonly string[], cwd: string) {
  return execa("npm", args, { cwd });
}

/** `npm ci` left all that is needed in npm's cache, so the network is only asked where that is gone. */
async function install(cwd: string, packages: readonly string[]): Promise<void> {
  const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages];
  await npm([...args, "--offline"], cwd).catch(() => npm([...args, "--prefer-offline"], cwd));
}

/** The SDK in the version that this repository is tested with. */
async function sdkOfRepository(): Promise<string> {
  const file = path.join(REPOSITORY, "node_modules/@pulumi/pulumi/package.json");
  const { version } = JSON.parse(await readFile(file, "utf8")) as { version: string };
  return `@pulumi/pulumi@${version}`;
}
