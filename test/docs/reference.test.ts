import path from "node:path";
import execa from "execa";

const REPOSITORY = path.resolve(__dirname, "../..");

it("is what the descriptions say: `npm run reference` writes it anew", async () => {
  const check = ["tsx", "tools/reference/main.ts", "--check"];
  const { exitCode, stdout } = await execa("npx", check, { cwd: REPOSITORY, reject: false });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
}, 60_000);
