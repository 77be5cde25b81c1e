import { startEmulator, type Emulator } from "../../../emulator/index.js";
import { pointCommandAt, runCommand, temporaryFolder, type CommandRun } from "../run-command.js";

/** What a test of `import` needs, new for each test. */
export interface Importing {
  readonly emulator: Emulator;
  /** Where the files go. */
  readonly folder: string;
  /** Runs it with that folder, whose name is taken out of what it says. */
  run(...args: string[]): Promise<CommandRun>;
}

/** To be called in a `describe`; what it answers is always that of the running test. */
export function useImportFixture(): Importing {
  let current: Importing;
  let leave: () => Promise<void>;

  beforeEach(async () => {
    const emulator = await startEmulator();
    const letGo = pointCommandAt(emulator);
    const { folder, remove } = await temporaryFolder();
    const shown = (text: string) =>
      text.replaceAll(folder, "/infra").replace(/ray id [^)]+/g, "ray id …");
    current = {
      emulator,
      folder,
      async run(...args) {
        const run = await runCommand(["import", ...args, "--out", folder]);
        return { ...run, stdout: shown(run.stdout), stderr: shown(run.stderr) };
      },
    };
    leave = async () => {
      await remove();
      letGo();
      await emulator.close();
    };
  });
  afterEach(() => leave());

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
