import path from "node:path";
import execa from "execa";

const REPOSITORY = path.resolve(__dirname, "..");

/** A file, and a line to put into it. */
interface Trial {
  readonly file: string;
  readonly line: string;
}

/** What the linter says of each line. ESLint reads its configuration as an ES module, which Jest can't. */
async function lint(trials: readonly Trial[]): Promise<string[]> {
  const script = `
    import { ESLint } from "eslint";
    const chunks = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    const eslint = new ESLint({
      // These rules need no types, and without them it takes a second in place of a minute.
      ruleFilter: ({ ruleId }) => ruleId.startsWith("no-restricted-"),
      overrideConfig: { languageOptions: { parserOptions: { project: null } } },
    });
    const said = [];
    for (const { file, line } of JSON.parse(Buffer.concat(chunks).toString())) {
      const [{ messages }] = await eslint.lintText(line, { filePath: file });
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
  ["provider/schema/suggest.ts", "../cloudflare/client.js", "schema"],
  ["provider/schema/suggest.ts", "../lifecycle/apply.js", "schema"],
  ["provider/cloudflare/scope.ts", "../schema/suggest.js", "cloudflare"],
  ["provider/cloudflare/scope.ts", "../lifecycle/apply.js", "cloudflare"],
  ["provider/lifecycle/state.ts", "../resources/organization.js", "lifecycle"],
  ["provider/lifecycle/state.ts", "../functions/calls.js", "lifecycle"],
  ["provider/resources/registration.ts", "../cloudflare/client.js", "resources"],
  ["provider/resources/registration.ts", "../lifecycle/apply.js", "resources"],
  ["provider/functions/calls.ts", "../lifecycle/apply.js", "functions"],
  ["provider/cli/main.ts", "../lifecycle/apply.js", "cli"],
  ["provider/schema/suggest.ts", "../registry.js", "schema"],
  ["provider/resources/registration.ts", "../registry.js", "resources"],
  ["provider/lifecycle/state.ts", "../../emulator/index.js", "lifecycle"],
  ["provider/resources/registration.ts", "../../emulator/index.js", "resources"],
];

const WITH: [file: string, from: string][] = [
  ["provider/lifecycle/state.ts", "../registry.js"],
  ["provider/lifecycle/state.ts", "../schema/definition.js"],
  ["provider/lifecycle/state.ts", "../cloudflare/endpoints.js"],
  ["provider/resources/registration.ts", "../schema/definition.js"],
  ["provider/functions/calls.ts", "../cloudflare/client.js"],
  ["provider/schema/suggest.ts", "./definition.js"],
];

const EMULATOR: [file: string, from: string] = [
  "emulator/index.ts",
  "../provider/schema/suggest.js",
];
const COMMAND: [file: string, from: string] = [
  "provider/cli/emulator.ts",
  "../../emulator/command.js",
];

describe("the linter holds the direction of imports between the rooms", () => {
  const FORMS = {
    statement: (from: string) => `export * from "${from}";\n`,
    expression: (from: string) => `export const loaded = import("${from}");\n`,
  };
  let said: Map<string, string>;
  beforeAll(async () => {
    const trials = [...AGAINST, ...WITH, EMULATOR, COMMAND].flatMap(([file, from]) =>
      Object.values(FORMS).map((form) => ({ file, line: form(from) })),
    );
    const answers = await lint(trials);
    said = new Map(trials.map(({ file, line }, index) => [file + line, answers[index] ?? ""]));
  }, 120_000);

  describe.each(Object.entries(FORMS))("by %s", (_, form) => {
    it.each(AGAINST)("%s may not import %s", (file, from, room) => {
      expect(said.get(file + form(from))).toContain(`provider/${room} may import`);
    });

    it.each(WITH)("%s may import %s", (file, from) => {
      expect(said.get(file + form(from))).toBe("");
    });

    it("the emulator may not import the provider: a wrong name must not be wrong on both sides", () => {
      const [file, from] = EMULATOR;
      expect(said.get(file + form(from))).toContain("The emulator is the other side");
    });
  });

  it("the command loads the emulator only where it is asked for", () => {
    const [file, from] = COMMAND;
    expect(said.get(file + FORMS.statement(from))).toContain("Only import() may load emulator");
    expect(said.get(file + FORMS.expression(from))).toBe("");
  });
});
