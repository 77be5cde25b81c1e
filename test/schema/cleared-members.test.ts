import {
  changedFields,
  declaresTheSame,
  liveInputs,
  managedFields,
} from "../../provider/schema/managed-fields.js";
import { organization } from "../../provider/schema/organization.js";

describe("An empty object also clears the members that this release does not know:", () => {
  const declared = { loginDesign: {} };
  const live = { loginDesign: { new_member: 1 } };
  const isListed = (fields: { path: string }[]) =>
    fields.some(({ path }) => path === "loginDesign.new_member");

  it("they are managed if they are live", () => {
    expect(isListed(managedFields(organization, declared, live))).toBe(true);
    expect(isListed(managedFields(organization, declared))).toBe(false);
    expect(isListed(managedFields(organization, { loginDesign: { headerText: "" } }, live))).toBe(
      false,
    );
  });

  it("a refresh shows them, and the program differs from what it recorded", () => {
    const refreshed = liveInputs(organization, declared, live);
    expect(refreshed.loginDesign).toMatchObject({ headerText: "", new_member: 1 });
    expect(declaresTheSame(organization, refreshed, declared)).toBe(false);
    expect(isListed(changedFields(organization, refreshed, declared))).toBe(true);
  });

  it("they changed on create, and not since a deployment that also declared the empty object", () => {
    expect(isListed(changedFields(organization, {}, declared, live))).toBe(true);
    expect(changedFields(organization, declared, declared, live)).toEqual([]);
  });
});
