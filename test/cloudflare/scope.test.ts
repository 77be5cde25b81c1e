import { formatScope, parseScope, scopeFromId } from "../../provider/cloudflare/scope.js";
import { dohSettings } from "../../provider/schema/doh-settings.js";
import { organization } from "../../provider/schema/organization.js";
import { ACCOUNT, ZONE } from "../ids.js";

describe("parseScope", () => {
  it.each([
    [`accounts/${ACCOUNT}`, { kind: "accounts", id: ACCOUNT }],
    [`zones/${ZONE}`, { kind: "zones", id: ZONE }],
    [ACCOUNT, { kind: "accounts", id: ACCOUNT }],
  ])("parses %s", (text, scope) => {
    expect(parseScope(text)).toEqual(scope);
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
  ])("rejects %j", (text) => {
    expect(parseScope(text)).toBeUndefined();
  });

  it("parses what formatScope returns", () => {
    for (const text of [`accounts/${ACCOUNT}`, `zones/${ZONE}`])
      expect(formatScope(scopeFromId(organization, text))).toBe(text);
  });
});

describe("scopeFromId", () => {
  it("describes a valid id if it rejects one", () => {
    expect(() => scopeFromId(organization, "widget")).toThrowErrorMatchingInlineSnapshot(
      `""widget" is not an id of the Zero Trust organization. Use accounts/<account id>, zones/<zone id> or an account id of 32 hexadecimal digits."`,
    );
  });

  it("rejects a zone if the resource type has none", () => {
    expect(() => scopeFromId(dohSettings, `zones/${ZONE}`)).toThrowErrorMatchingInlineSnapshot(
      `""zones/699d98642c564d2e855e9661899b7252" is not an id of the DoH settings. Use accounts/<account id> or an account id of 32 hexadecimal digits."`,
    );
  });
});
