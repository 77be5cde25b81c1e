import { decodeValue, encodeValue } from "../../provider/schema/codec.js";
import type { ObjectSetting } from "../../provider/schema/definition.js";

/** An object with a member whose input name is also its API name, and whose items the API renamed. */
const setting: ObjectSetting = {
  apiName: "an_object",
  type: "object",
  members: {
    kinds: { apiName: "kinds", type: "list", items: "string", valueAliases: { old: "new" } },
    headerText: { apiName: "header_text", type: "string" },
  },
};

describe("decodeValue", () => {
  it("replaces former items of a member, also if its input name is its API name", () => {
    expect(decodeValue(setting, { kinds: ["old", "other"], header_text: "Hi" })).toEqual({
      kinds: ["new", "other"],
      headerText: "Hi",
    });
  });

  it("omits members that are null or that this release does not know", () => {
    expect(decodeValue(setting, { header_text: null, new_member: 1 })).toEqual({});
  });
});

describe("encodeValue", () => {
  it("renames members and keeps those that this release does not know", () => {
    expect(encodeValue(setting, { kinds: ["new"], headerText: "Hi", new_member: 1 })).toEqual({
      kinds: ["new"],
      header_text: "Hi",
      new_member: 1,
    });
  });
});
