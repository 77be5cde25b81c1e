import { formatScope, isId, parseScope, requireScope } from "../../provider/cloudflare/scope.js";
import { ACCOUNT, ZONE } from "../ids.js";

describe("an id of an organization", () => {
  it.each([
    [`accounts/${ACCOUNT}`, { kind: "accounts", id: ACCOUNT }],
    [`zones/${ZONE}`, { kind: "zones", id: ZONE }],
    [ACCOUNT, { kind: "accounts", id: ACCOUNT }],
  ])("%s names an account or a zone", (text, target) => {
    expect(parseScope(text)).toEqual(target);
  });

  it.each([
    "",
    "accounts",
    "accounts/",
    `accounts/${ACCOUNT}/`,
    `accounts/${ACCOUNT}/access`,
    `/accounts/${ACCOUNT}`,
    `users/${ACCOUNT}`,
    `Accounts/${ACCOUNT}`,
    ACCOUNT.slice(1),
    `${ACCOUNT}0`,
    `${ACCOUNT}\n`,
    ` ${ACCOUNT}`,
    ACCOUNT.replace("0", "g"),
    ACCOUNT.replace("0", "\uff10"),
    "../../user/tokens/verify?a=0000000",
    "accounts/..%2f..%2fuser%2ftokens%2fverify0",
  ])("%j names none, so that it can't change where a request goes", (text) => {
    expect(parseScope(text)).toBeUndefined();
  });

  it("reads as it is written", () => {
    for (const text of [`accounts/${ACCOUNT}`, `zones/${ZONE}`])
      expect(formatScope(requireScope(text, "organization"))).toBe(text);
  });

  it("that names none is refused with what an id looks like", () => {
    expect(() =>
      requireScope("widget", "Zero Trust organization"),
    ).toThrowErrorMatchingInlineSnapshot(
      `""widget" names no Zero Trust organization: give accounts/<account id>, zones/<zone id> or an account id of 32 hexadecimal digits."`,
    );
  });
});

describe("the id of an account or zone", () => {
  it("is 32 hexadecimal digits", () => {
    expect(isId(ACCOUNT)).toBe(true);
    expect([ACCOUNT.slice(1), `${ACCOUNT}0`, `accounts/${ACCOUNT}`, ""].some(isId)).toBe(false);
  });
});
