import path from "node:path";
import execa from "execa";

const REPOSITORY = path.resolve(__dirname, "../..");

// The other examples in TypeScript are checked by Pulumi's language host when a test runs them.
it.each(["fleet", "policy"])("the example %s is type-checked", async (example) => {
  const args = ["tsc", "--project", path.join("examples", example)];
  const { exitCode, stdout } = await execa("npx", args, { cwd: REPOSITORY, reject: false });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
});
