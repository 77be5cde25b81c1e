import path from "node:path";
import execa from "execa";

it("Program hosts end with the process that started them when no project uses them", async () => {
  const file = JSON.stringify(path.join(__dirname, "program-host.ts"));
  const source = `const { takeProgramHost } = require(${file});
    takeProgramHost().then((host) => host.release())
      .then(takeProgramHost).then((host) => host.prepare({}).then(() => host.release()))
      .then(() => console.log("released"));`;

  const run = execa("tsx", ["--eval", source], { preferLocal: true, timeout: 30_000 });

  expect(await run).toMatchObject({ exitCode: 0, stdout: "released" });
});
