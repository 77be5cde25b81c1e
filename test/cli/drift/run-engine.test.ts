import { reasonOf } from "../../../provider/cli/drift/run-engine.js";
import { CommandError } from "../../../provider/cli/errors.js";

describe("the reason in an error of the engine's SDK", () => {
  it("is what the CLI called an error, once", () => {
    const said = "error: unable to open state directory: no such file or directory";
    const failed = `Command failed with exit code 3: pulumi stack ls --json --non-interactive\n${said}`;
    const text = `code: -2\n stdout: \n stderr: ${failed}\n err?: Error: ${failed}\n`;
    expect(reasonOf(new Error(text))).toBe(
      "unable to open state directory: no such file or directory",
    );
  });

  it("is its first line where the CLI said nothing", () => {
    expect(reasonOf(new Error("too old\n  and more"))).toBe("too old");
  });

  it("is the whole text of what was made for people already", () => {
    expect(reasonOf(new CommandError("first\nsecond"))).toBe("first\nsecond");
  });
});
