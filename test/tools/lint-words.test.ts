import { replacedWords } from "../../tools/lint-words/words.js";

describe("replacedWords", () => {
  it.each([
    ["Values that are unstated stay.", "unstated"],
    ["const foretoldChanges = 1;", "foretoldChanges"],
    ["Mend the list and write the files anew.", "anew"],
    ["what it does in place of that", "in place of"],
    ["encode(wireName)", "wireName"],
    ["the account is gone", "is gone"],
  ])("reports a replaced word in %j", (line, word) => {
    expect(replacedWords(line).map(({ found }) => found)).toContain(word);
  });

  it.each([
    "The program declares the setting.",
    "The provider sends it again instead of failing.",
    "Recommended: amend the commit, and state the reason.",
    "A renewed certificate, wired into the client.",
  ])("accepts %j", (line) => {
    expect(replacedWords(line)).toEqual([]);
  });

  it("suggests the term to use", () => {
    expect(replacedWords("written anew")).toEqual([{ found: "anew", instead: '"again"' }]);
  });
});
