import path from "node:path";
import execa from "execa";

const REPOSITORY = path.resolve(__dirname, "..");

/** A file, and an import to put into it. */
interface Trial {
  readonly file: string;
  readonly from: string;
}

/** What the linter says of each import. ESLint reads its configuration as an ES module, which Jest can't. */
async function lint(trials: readonly Trial[]): Promise<string[]> {
  const script = `
    import { ESLint } from "eslint";
    const chunks = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    const eslint = new ESLint({
      // This rule needs no types, and without them it takes a second in place of a minute.
      ruleFilter: ({ ruleId }) => ruleId === "no-restricted-imports",
      overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
    });
    const said = [];
    for (const { file, from } of JSON.parse(Buffer.concat(chunks).toString())) {
      const [{ messages }] = await eslint.lintText(\`export * from "\${from}";\\n\`, { filePath: file });
      said.push(messages.map(({ message }) => message).join("; "));
    }
    console.log(JSON.stringify(said));
  `;
  const { stdout } = await execa(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: REPOSITORY,
    input: JSON.stringify(trials),
  });
  return JSON.parse(stdout) as string[];
}

const AGAINST: [file: string, from: string, room: string][] = [
  ["provider/model/names.ts", "../cloudflare/client.js", "model"],
  ["provider/model/names.ts", "../lifecycle/apply.js", "model"],
  ["provider/cloudflare/target.ts", "../model/names.js", "cloudflare"],
  ["provider/cloudflare/target.ts", "../lifecycle/apply.js", "cloudflare"],
  ["provider/lifecycle/kind.ts", "../resources/organization.js", "lifecycle"],
  ["provider/lifecycle/kind.ts", "../functions/calls.js", "lifecycle"],
  ["provider/resources/registration.ts", "../cloudflare/client.js", "resources"],
  ["provider/resources/registration.ts", "../lifecycle/apply.js", "resources"],
  ["provider/functions/calls.ts", "../lifecycle/apply.js", "functions"],
];

const WITH: [file: string, from: string][] = [
  ["provider/lifecycle/kind.ts", "../model/description.js"],
  ["provider/lifecycle/kind.ts", "../cloudflare/endpoints.js"],
  ["provider/resources/registration.ts", "../model/description.js"],
  ["provider/functions/calls.ts", "../cloudflare/client.js"],
  ["provider/model/names.ts", "./description.js"],
];

const EMULATOR: [file: string, from: string] = ["emulator/index.ts", "../provider/model/wire.js"];

describe("the linter holds the direction of imports between the rooms", () => {
  const trials = [...AGAINST, ...WITH, EMULATOR].map(([file, from]) => ({ file, from }));
  let said: Map<string, string>;
  beforeAll(async () => {
    const answers = await lint(trials);
    said = new Map(
      trials.map(({ file, from }, index) => [`${file} ${from}`, answers[index] ?? ""]),
    );
  }, 120_000);

  it.each(AGAINST)("%s may not import %s", (file, from, room) => {
    expect(said.get(`${file} ${from}`)).toContain(`provider/${room} may import`);
  });

  it.each(WITH)("%s may import %s", (file, from) => {
    expect(said.get(`${file} ${from}`)).toBe("");
  });

  it("the emulator may not import the provider: a wrong name must not be wrong on both sides", () => {
    expect(said.get(EMULATOR.join(" "))).toContain("The emulator is the other side");
  });
});
