/** What the user hears besides results: printed, or without an engine's log a warning on the console. */
export interface Heard {
  readonly warnings: string[];
  readonly infos: string[];
}

/** Listens in each test of the file that calls it, and forgets before the next. */
export function listen(): Heard {
  const heard: Heard = { warnings: [], infos: [] };
  beforeEach(() => {
    heard.warnings.length = 0;
    heard.infos.length = 0;
    jest.spyOn(console, "warn").mockImplementation((text: unknown) => {
      heard.warnings.push(String(text).replace(/^warning: \[runtime\] /, ""));
    });
    const print = (text: string, done: () => void) => {
      heard.infos.push(text.trimEnd());
      done();
      return true;
    };
    jest.spyOn(process.stdout, "write").mockImplementation(print as typeof process.stdout.write);
  });
  afterEach(() => jest.restoreAllMocks());
  return heard;
}
