import { closestName, sameName } from "../../provider/schema/suggest.js";
import { organization } from "../../provider/schema/organization.js";

const known = Object.keys(organization.settings);

describe("closestName", () => {
  it.each(Object.entries(organization.settings))(
    "returns %s for its API name",
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
  ])("returns for %s the input %s", (written, meant) => {
    expect(closestName(written, known)).toBe(meant);
  });

  it.each(["", "x", "colour", "organizationSettings", "__proto__", "a".repeat(10_000)])(
    "returns nothing for %j, which resembles no input",
    (written) => {
      expect(closestName(written, known)).toBeUndefined();
    },
  );
});

describe("sameName", () => {
  it.each(["header_text", "headertext", "HeaderText", "headerText"])(
    "returns headerText for the spelling %s",
    (written) => {
      expect(sameName(written, ["footerText", "headerText"])).toBe("headerText");
    },
  );

  it("returns nothing for a name that only resembles a known one", () => {
    expect(sameName("header_texts", ["footerText", "headerText"])).toBeUndefined();
  });
});
