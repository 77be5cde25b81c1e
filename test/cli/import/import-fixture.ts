import { startEmulator, type Emulator } from "../../../emulator/index.js";
import { pointCommandAt, runCommand, temporaryFolder, type CommandRun } from "../run-command.js";

/** An emulator and a folder, new for each test of `import`. */
export interface ImportFixture {
  readonly emulator: Emulator;
  /** The folder of the two files. */
  readonly folder: string;
  /** Runs `import` with that folder. In the output, the folder is called "/infra". */
  run(...args: string[]): Promise<CommandRun>;
}

/** Call it in a `describe`. The returned object always belongs to the running test. */
export function useImportFixture(): ImportFixture {
  let current: ImportFixture;
  let cleanUp: () => Promise<void>;

  beforeEach(async () => {
    const emulator = await startEmulator();
    const restoreEnvironment = pointCommandAt(emulator);
    const { folder, remove } = await temporaryFolder();
    const stable = (text: string) =>
      text.replaceAll(folder, "/infra").replace(/ray id [^)]+/g, "ray id …");
    current = {
      emulator,
      folder,
      async run(...args) {
        const run = await runCommand(["import", ...args, "--out", folder]);
        return { ...run, stdout: stable(run.stdout), stderr: stable(run.stderr) };
      },
    };
    cleanUp = async () => {
      await remove();
      restoreEnvironment();
      await emulator.close();
    };
  });
  afterEach(() => cleanUp());

  return {
    get emulator() {
      return current.emulator;
    },
    get folder() {
      return current.folder;
    },
    run: (...args) => current.run(...args),
  };
}
