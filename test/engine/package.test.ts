import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import { findOrInstallEngine, offlineEnvironment } from "../../tools/engine/index.js";
import { pack, type Packed } from "../../tools/package/packed.js";
import { linksOf } from "../docs/pages.js";
import { readWalkthrough, walk } from "./walkthrough.js";

jest.setTimeout(240_000);

const REPOSITORY = path.resolve(__dirname, "../..");
const QUICKSTART = "examples/quickstart";

describe("The packed package", () => {
  let folder: string;
  let packed: Packed;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "zero-trust-package-"));
    packed = await pack(folder);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("contains only the entry points with their chunks and declarations, and the documentation", () => {
    const parts = /\/chunks\/[\w-]+\.js(\.map)?$|\.d\.ts$|^(docs|examples)\//;
    expect(packed.files.filter((file) => !parts.test(file)).sort()).toEqual([
      "ARCHITECTURE.md",
      "CHANGELOG.md",
      "CONTRIBUTING.md",
      "LICENSE",
      "README.md",
      "SECURITY.md",
      "dist/emulator/command.js",
      "dist/emulator/command.js.map",
      "dist/emulator/index.js",
      "dist/provider/cli/main.js",
      "dist/provider/cli/main.js.map",
      "dist/provider/index.js",
      "dist/provider/index.js.map",
      "dist/provider/provider.js",
      "dist/provider/provider.js.map",
      "package.json",
    ]);
    expect(packed.size).toBeLessThan(500_000);
  });

  it("contains every file that one of its Markdown pages links to", async () => {
    const pages = packed.files.filter((file) => file.endsWith(".md"));
    expect(pages).toContain("docs/README.md");
    const dead = await Promise.all(
      pages.map(async (page) => {
        const text = await readFile(path.join(REPOSITORY, page), "utf8");
        return linksOf(text)
          .filter((link) => !link.startsWith("#"))
          .map((link) => path.posix.join(path.posix.dirname(page), link.replace(/\/?(#.*)?$/, "")))
          .filter((file) => !packed.files.some((one) => `${one}/`.startsWith(`${file}/`)))
          .map((file) => `${page} -> ${file}`);
      }),
    );
    expect(dead.flat()).toEqual([]);
  });

  it("contains no configuration of a stack, which could have a credential", () => {
    expect(packed.files.filter((file) => /Pulumi\.\w+\.yaml$/.test(file))).toEqual([]);
  });

  it("contains the declarations of its entry points, and none of the commands and the lifecycle", () => {
    const declarations = packed.files.filter((file) => file.endsWith(".d.ts"));
    expect(declarations).toEqual(
      expect.arrayContaining([
        "dist/provider/index.d.ts",
        "dist/provider/provider.d.ts",
        "dist/emulator/index.d.ts",
      ]),
    );
    expect(declarations.filter((file) => /\/(cli|lifecycle|routes)\//.test(file))).toEqual([]);
  });

  it("is built only from the current sources", async () => {
    const declared = packed.files
      .filter((file) => file.endsWith(".d.ts"))
      .map((file) => file.replace(/^dist\//, "").replace(/\.d\.ts$/, ".ts"));
    const bundled = (await sourceMaps()).flatMap(({ file, map }) =>
      map.sources.map((source) => path.posix.join(path.posix.dirname(file), source)),
    );
    const present = await Promise.all(
      ["provider", "emulator"].map(async (directory) =>
        (await readdir(path.join(REPOSITORY, directory), { recursive: true })).map(
          (file) => `${directory}/${file}`,
        ),
      ),
    );
    const sources = new Set(present.flat());

    // No dependency is copied into the package: users' audits and updates reach the one that runs.
    const foreign = [...declared, ...bundled].filter((source) => !sources.has(source));
    expect(foreign).toEqual([]);
    expect(bundled).toContain("provider/lifecycle/apply.ts");
  });

  it("contains no path of this machine", async () => {
    for (const file of packed.files) {
      const text = await readFile(path.join(REPOSITORY, file), "utf8");
      expect(text.includes(REPOSITORY) ? file : "").toBe("");
    }
    for (const { map } of await sourceMaps())
      for (const source of [map.sourceRoot ?? "", ...map.sources])
        expect(source).not.toMatch(/^\/|^\w+:/);
  });

  async function sourceMaps(): Promise<{ file: string; map: SourceMap }[]> {
    const maps = packed.files.filter((file) => file.endsWith(".map"));
    return Promise.all(
      maps.map(async (file) => {
        const text = await readFile(path.join(REPOSITORY, file), "utf8");
        return { file, map: JSON.parse(text) as SourceMap };
      }),
    );
  }

  describe("after the quickstart", () => {
    let app: string;

    beforeAll(async () => {
      app = path.join(folder, "app");
      await mkdir(app);
    });

    it("has adopted an organization, corrected its drift and left it unchanged in a destroy", async () => {
      const quickstart = readWalkthrough(`${QUICKSTART}/README.md`);
      const environment = {
        ...offlineEnvironment(await findOrInstallEngine(), path.join(folder, "pulumi")),
        npm_config_prefer_offline: "true",
        npm_config_ignore_scripts: "true",
        NO_COLOR: "1",
      };
      const { output, live } = await walk(quickstart, {
        folder: app,
        tarball: packed.tarball,
        environment,
      });

      expect(output).toMatch(/denyUnmatchedRequests *: true => false/);
      expect(output).toMatch(/ 2 deleted/);
      for (const warning of output.match(/(?<=warning: ).*/g) ?? [])
        expect(warning).toMatch(
          /the Zero Trust organization of account|: denyUnmatchedRequests changes to true\./,
        );
      expect(live).toMatchObject({
        session_duration: "12h",
        deny_unmatched_requests: true,
        login_design: { background_color: "#112233", header_text: "Widget Corp" },
      });
    });

    it("contains the files of the quickstart as its README shows them", async () => {
      const { files } = readWalkthrough(`${QUICKSTART}/README.md`);
      expect([...files.keys()]).toEqual(["Pulumi.yaml", "index.ts"]);
      for (const [name, text] of files)
        expect(await readFile(path.join(REPOSITORY, QUICKSTART, name), "utf8")).toBe(text);
    });

    it("is installed as a copy, not as a link to this repository", async () => {
      const installed = path.join(app, "node_modules/pulumi-cloudflare-zero-trust");
      expect((await readdir(installed)).sort()).toEqual([
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "README.md",
        "SECURITY.md",
        "dist",
        "docs",
        "examples",
        "package.json",
      ]);
    });

    it.each([
      [
        "import",
        "program.mjs",
        (name: string, entry: string) => `import * as ${name} from "${entry}";`,
      ],
      [
        "require",
        "program.cjs",
        (name: string, entry: string) => `const ${name} = require("${entry}");`,
      ],
    ])("exports the same names by %s", async (_, file, load) => {
      const entries = ["", "/provider", "/emulator"];
      const lines = entries.map((entry, index) =>
        load(`entry${index}`, `pulumi-cloudflare-zero-trust${entry}`),
      );
      const names = `[${entries.map((_entry, index) => `entry${index}`).join(", ")}].map((entry) =>
        Object.keys(entry).filter((key) => !["default", "module.exports"].includes(key)).sort())`;
      await writeFile(
        path.join(app, file),
        [...lines, `console.log(JSON.stringify(${names}));`].join("\n"),
      );
      const { stdout } = await execa(process.execPath, [file], { cwd: app });
      expect(JSON.parse(stdout)).toEqual([
        [
          "CloudflareError",
          "DohSettings",
          "Organization",
          "Provider",
          "UserRevocation",
          "getDohSettings",
          "getDohSettingsOutput",
          "getOrganization",
          "getOrganizationOutput",
          "revokeUser",
        ],
        ["dohSettings", "organization", "userRevocation"],
        ["EMULATOR_TOKEN", "PERSONALITIES", "startEmulator"],
      ]);
    });
  });
});

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourceRoot?: string;
}
