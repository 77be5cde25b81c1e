import {
  runCommand,
  useCommandFixture,
  type CommandFixture,
  type CommandRun,
} from "../run-command.js";

export interface ImportFixture {
  readonly fixture: CommandFixture;
  /** Runs `import` with the folder of the fixture. In the output, the folder is called "/infra". */
  readonly runImport: (...args: string[]) => Promise<CommandRun>;
}

/** Call it in a `describe`. */
export function useImportFixture(): ImportFixture {
  const fixture = useCommandFixture();
  const stable = (text: string) => text.replaceAll(fixture.folder, "/infra");
  return {
    fixture,
    async runImport(...args) {
      const run = await runCommand(["import", ...args, "--out", fixture.folder]);
      return { ...run, stdout: stable(run.stdout), stderr: stable(run.stderr) };
    },
  };
}
