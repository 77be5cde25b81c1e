import { parseAccountList } from "../../../provider/cli/import/account-list.js";
import { ACCOUNT, OTHER_ACCOUNT, ZONE } from "../../ids.js";

const parse = (...lines: string[]) => parseAccountList("accounts.txt", lines.join("\n"));

describe("parseAccountList", () => {
  it("reads one id per line, with an optional name after spaces or a comma", () => {
    expect(
      parse(
        "# our accounts",
        "",
        `${ACCOUNT}  widget   # the first`,
        `accounts/${OTHER_ACCOUNT},Gadget Corp\r`,
        `  zones/${ZONE}`,
      ),
    ).toEqual([
      { scope: { kind: "accounts", id: ACCOUNT }, name: "widget" },
      { scope: { kind: "accounts", id: OTHER_ACCOUNT }, name: "Gadget Corp" },
      { scope: { kind: "zones", id: ZONE }, name: undefined },
    ]);
  });

  it("names every invalid line in one error", () => {
    const lines = ["widget", ACCOUNT, `${ACCOUNT} again`, `${OTHER_ACCOUNT} a::b`, `${ZONE} again`];
    expect(() => parse(...lines)).toThrowErrorMatchingInlineSnapshot(`
      "Invalid account list accounts.txt:
        line 1: "widget" is not an account id (32 hexadecimal digits)
        line 3: account 023e105f4ecef8ad9ca31a8372d0c353 is already on line 2
        line 4: a resource name must not contain "::"
        line 5: the name "again" is already on line 3"
    `);
  });

  it.each(["", "\n\n", "# only a comment"])("rejects the list %j, which has no account", (text) => {
    expect(() => parse(text)).toThrow(
      "The account list accounts.txt is empty. Add one account id per line.",
    );
  });
});
