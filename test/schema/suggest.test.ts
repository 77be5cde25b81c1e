import { closestName } from "../../provider/schema/suggest.js";
import { organization } from "../../provider/schema/organization.js";

const known = Object.keys(organization.settings);

describe("the name that was most likely meant", () => {
  it.each(Object.entries(organization.settings))(
    "is %s for its name in the API",
    (name, { apiName }) => {
      expect(closestName(apiName, known)).toBe(name);
    },
  );

  it.each([
    ["authdomain", "authDomain"],
    ["AuthDomain", "authDomain"],
    ["autDomain", "authDomain"],
    ["loginDesing", "loginDesign"],
    ["sesionDuration", "sessionDuration"],
    ["warpAuthNonBrowser", "warpAuthNonBrowser401"],
    ["nmae", "name"],
  ])("for %s is %s", (written, meant) => {
    expect(closestName(written, known)).toBe(meant);
  });

  it.each(["", "x", "colour", "organizationSettings", "__proto__", "a".repeat(10_000)])(
    "for %j is none",
    (written) => {
      expect(closestName(written, known)).toBeUndefined();
    },
  );
});
