import path from "node:path";
import execa from "execa";

const REPOSITORY = path.resolve(__dirname, "../..");
const PROGRAMS = path.join(__dirname, "programs.tsconfig.json");

// The engine tests that deploy the examples only strip the types.
it("type-checks the TypeScript examples", async () => {
  const args = ["tsc", "--project", PROGRAMS, "--listFilesOnly"];
  const { stdout: files } = await execa("npx", args, { cwd: REPOSITORY });
  for (const example of ["fleet", "many-accounts", "policy", "quickstart"])
    expect(files).toContain(`/examples/${example}/index.ts\n`);

  const check = await execa("npx", args.slice(0, -1), { cwd: REPOSITORY, reject: false });
  expect(check).toMatchObject({ exitCode: 0, stdout: "" });
});
