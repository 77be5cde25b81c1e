import { shellArgument, shellQuote } from "../../provider/cli/shell-quote.js";

describe("shellQuote", () => {
  it("returns text that a POSIX shell reads as one literal argument", () => {
    expect(shellQuote("a$b 'c'", "linux")).toBe(`'a$b '\\''c'\\'''`);
  });

  it("returns text that PowerShell reads as one literal argument on Windows", () => {
    expect(shellQuote("a$b 'c'", "win32")).toBe("'a$b ''c'''");
  });
});

describe("shellArgument", () => {
  it("quotes only what a shell would change", () => {
    expect(shellArgument("infra/zero-trust")).toBe("infra/zero-trust");
    expect(shellArgument("C:\\infra")).toBe("'C:\\infra'");
  });
});
