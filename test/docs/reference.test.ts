import execa from "execa";
import { REPOSITORY } from "./pages.js";

it("has the generated tables up to date: `npm run reference` changes nothing", async () => {
  const check = ["tsx", "tools/reference/main.ts", "--check"];
  const { exitCode, stdout } = await execa("npx", check, { cwd: REPOSITORY, reject: false });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
}, 60_000);
