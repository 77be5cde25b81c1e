import {
  formatTarget,
  isId,
  parseTarget,
  requireTarget,
} from "../../provider/cloudflare/target.js";
import { ACCOUNT, ZONE } from "../ids.js";

describe("an id of an organization", () => {
  it.each([
    [`accounts/${ACCOUNT}`, { level: "accounts", id: ACCOUNT }],
    [`zones/${ZONE}`, { level: "zones", id: ZONE }],
    [ACCOUNT, { level: "accounts", id: ACCOUNT }],
  ])("%s names an account or a zone", (text, target) => {
    expect(parseTarget(text)).toEqual(target);
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
    expect(parseTarget(text)).toBeUndefined();
  });

  it("reads as it is written", () => {
    for (const text of [`accounts/${ACCOUNT}`, `zones/${ZONE}`])
      expect(formatTarget(requireTarget(text, "organization"))).toBe(text);
  });

  it("that names none is refused with what an id looks like", () => {
    expect(() =>
      requireTarget("widget", "Zero Trust organization"),
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
