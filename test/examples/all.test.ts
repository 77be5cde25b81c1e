import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";

const EXAMPLES = path.resolve(__dirname, "../../examples");
const TESTS = path.resolve(__dirname, "../engine");

const filesOf = (example: string) => readdir(path.join(EXAMPLES, example));
const textOf = (...file: string[]) => readFile(path.join(EXAMPLES, ...file), "utf8");

/** Whether a test uses an example, by its name or by its path. */
function isUsedIn(source: string, example: string): boolean {
  return source.includes(`"${example}"`) || source.includes(`examples/${example}`);
}

describe("Each example", () => {
  let examples: string[];
  beforeAll(async () => {
    examples = await readdir(EXAMPLES);
  });

  it("sets refresh: always if it declares an Organization or DohSettings", async () => {
    for (const example of examples) {
      const files = await filesOf(example);
      if (!files.includes("Pulumi.yaml")) continue;
      const sources = await Promise.all(
        files.filter((file) => /\.[jt]s$/.test(file)).map((file) => textOf(example, file)),
      );
      const deploys = sources.some((source) =>
        /new zerotrust\.(Organization|DohSettings)/.test(source),
      );
      const { options } = parse(await textOf(example, "Pulumi.yaml")) as {
        options?: { refresh?: string };
      };
      expect({ example, refresh: options?.refresh }).toEqual({
        example,
        refresh: deploys ? "always" : undefined,
      });
    }
  });

  it("has a README, and a test on the engine if it is a Pulumi project", async () => {
    const tests = (await readdir(TESTS, { recursive: true })).filter((file) =>
      file.endsWith(".test.ts"),
    );
    const sources = await Promise.all(
      tests.map((file) => readFile(path.join(TESTS, file), "utf8")),
    );
    for (const example of examples) {
      const files = await filesOf(example);
      expect(files).toContain("README.md");
      if (files.includes("Pulumi.yaml"))
        expect(sources.some((source) => isUsedIn(source, example)) && example).toBe(example);
    }
  });
});
