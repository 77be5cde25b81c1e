import path from "node:path";
import execa from "execa";

const REPOSITORY = path.resolve(__dirname, "..");

/** A file, and its content. */
interface Sample {
  readonly file: string;
  readonly line: string;
}

/** Returns the linter's messages about each sample. ESLint loads its configuration as an ES module, which Jest cannot. */
async function lint(samples: readonly Sample[]): Promise<string[]> {
  const script = `
    import { ESLint } from "eslint";
    const chunks = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    const eslint = new ESLint({
      // These rules need no types. Without types, the linter takes a second instead of a minute.
      ruleFilter: ({ ruleId }) => ruleId.startsWith("no-restricted-"),
      overrideConfig: { languageOptions: { parserOptions: { project: null } } },
    });
    const messagesOf = [];
    for (const { file, line } of JSON.parse(Buffer.concat(chunks).toString())) {
      const [{ messages }] = await eslint.lintText(line, { filePath: file });
      messagesOf.push(messages.map(({ message }) => message).join("; "));
    }
    console.log(JSON.stringify(messagesOf));
  `;
  const { stdout } = await execa(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: REPOSITORY,
    input: JSON.stringify(samples),
  });
  return JSON.parse(stdout) as string[];
}

/** Imports that the linter rejects, and the module whose rule rejects them. */
const REJECTED: [file: string, from: string, module: string][] = [
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

const ACCEPTED: [file: string, from: string][] = [
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

describe("The linter", () => {
  const FORMS = {
    statement: (from: string) => `export * from "${from}";\n`,
    expression: (from: string) => `export const loaded = import("${from}");\n`,
  };
  let messages: Map<string, string>;
  beforeAll(async () => {
    const samples = [...REJECTED, ...ACCEPTED, EMULATOR, COMMAND].flatMap(([file, from]) =>
      Object.values(FORMS).map((form) => ({ file, line: form(from) })),
    );
    const results = await lint(samples);
    messages = new Map(samples.map(({ file, line }, index) => [file + line, results[index] ?? ""]));
  }, 120_000);

  describe.each(Object.entries(FORMS))("for an import %s", (_, form) => {
    it.each(REJECTED)("rejects that %s imports %s", (file, from, module) => {
      expect(messages.get(file + form(from))).toContain(`provider/${module} may import`);
    });

    it.each(ACCEPTED)("accepts that %s imports %s", (file, from) => {
      expect(messages.get(file + form(from))).toBe("");
    });

    it("rejects that the emulator imports the provider, because a wrong name would be wrong in both", () => {
      const [file, from] = EMULATOR;
      expect(messages.get(file + form(from))).toContain("The emulator is the other side");
    });
  });

  it("accepts that the command imports the emulator by an expression only", () => {
    const [file, from] = COMMAND;
    expect(messages.get(file + FORMS.statement(from))).toContain("Only import() may load emulator");
    expect(messages.get(file + FORMS.expression(from))).toBe("");
  });
});
