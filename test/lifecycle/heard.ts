/** What the user hears besides results: without an engine, Pulumi's log goes to the console. */
export interface Heard {
  readonly warnings: string[];
  readonly infos: string[];
}

/** Listens in each test of the file that calls it, and forgets before the next. */
export function listen(): Heard {
  const heard: Heard = { warnings: [], infos: [] };
  const into = (lines: string[]) => (text: unknown) => {
    lines.push(String(text).replace(/^(?:warning|info): \[runtime\] /, ""));
  };
  beforeEach(() => {
    heard.warnings.length = 0;
    heard.infos.length = 0;
    jest.spyOn(console, "warn").mockImplementation(into(heard.warnings));
    jest.spyOn(console, "log").mockImplementation(into(heard.infos));
  });
  afterEach(() => jest.restoreAllMocks());
  return heard;
}
