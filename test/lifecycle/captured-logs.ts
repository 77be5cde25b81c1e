/** What the provider logs. Without an engine, warnings go to the console and the rest to stdout. */
export interface CapturedLogs {
  readonly warnings: string[];
  readonly infos: string[];
}

/** Captures the logs of each test in the file that calls it. Each test starts with empty logs. */
export function captureLogs(): CapturedLogs {
  const logs: CapturedLogs = { warnings: [], infos: [] };
  beforeEach(() => {
    logs.warnings.length = 0;
    logs.infos.length = 0;
    jest.spyOn(console, "warn").mockImplementation((text: unknown) => {
      logs.warnings.push(String(text).replace(/^warning: \[runtime\] /, ""));
    });
    const write = (text: string, done: () => void) => {
      logs.infos.push(text.trimEnd());
      done();
      return true;
    };
    jest.spyOn(process.stdout, "write").mockImplementation(write as typeof process.stdout.write);
  });
  afterEach(() => jest.restoreAllMocks());
  return logs;
}
