import { readAccountList } from "../../../provider/cli/import/account-list.js";
import { ACCOUNT, OTHER_ACCOUNT, ZONE } from "../../ids.js";

const read = (...lines: string[]) => readAccountList("accounts.txt", lines.join("\n"));

describe("a list of accounts", () => {
  it("has one id a line, and a name if wanted", () => {
    expect(
      read(
        "# our accounts",
        "",
        `${ACCOUNT}  widget   # the first`,
        `accounts/${OTHER_ACCOUNT},Gadget Corp\r`,
        `  zones/${ZONE}`,
      ),
    ).toEqual([
      { target: { kind: "accounts", id: ACCOUNT }, name: "widget" },
      { target: { kind: "accounts", id: OTHER_ACCOUNT }, name: "Gadget Corp" },
      { target: { kind: "zones", id: ZONE }, name: undefined },
    ]);
  });

  it("that is wrong is refused with every line at fault", () => {
    const lines = ["widget", ACCOUNT, `${ACCOUNT} again`, `${OTHER_ACCOUNT} a::b`, `${ZONE} again`];
    expect(() => read(...lines)).toThrowErrorMatchingInlineSnapshot(`
      "accounts.txt cannot be used:
        line 1: "widget" is no account id (32 hex digits)
        line 3: accounts/023e105f4ecef8ad9ca31a8372d0c353 is on line 2 too
        line 4: a name must not contain "::"
        line 5: name again is on line 3 too"
    `);
  });

  it.each(["", "\n\n", "# nothing but a comment"])("that is empty (%j) is refused", (text) => {
    expect(() => read(text)).toThrow("accounts.txt lists no account.");
  });
});
