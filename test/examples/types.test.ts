import path from "node:path";
import execa from "execa";

const REPOSITORY = path.resolve(__dirname, "../..");
const PROGRAMS = path.join(__dirname, "programs.tsconfig.json");

// The engine tests that deploy the examples only strip the types.
it("type-checks the TypeScript examples", async () => {
  const args = ["tsc", "--project", PROGRAMS, "--listFiles"];
  const { exitCode, stdout } = await execa("npx", args, { cwd: REPOSITORY, reject: false });
  const errors = stdout.split("\n").filter((line) => line.includes("error TS"));
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: [] });
  for (const example of ["fleet", "many-accounts", "policy", "quickstart"])
    expect(stdout).toContain(`/examples/${example}/index.ts\n`);
});
