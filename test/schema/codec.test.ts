import {
  decodeComputed,
  decodeLive,
  decodeOutputOnly,
  decodeSettings,
  decodeValue,
  encodeSettings,
  encodeValue,
  withCarriedOutputs,
} from "../../provider/schema/codec.js";
import type { AnySetting, Definition, ObjectSetting } from "../../provider/schema/definition.js";
import { dohSettings } from "../../provider/schema/doh-settings.js";
import { organization } from "../../provider/schema/organization.js";
import { userRevocation } from "../../provider/schema/user-revocation.js";

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

  it("keeps members that this release does not know under their API names, and omits null", () => {
    const value = { header_text: null, new_member: 1, other_member: null };
    expect(decodeValue(setting, value)).toStrictEqual({ new_member: 1 });
  });
});

it.each<[string, AnySetting]>([
  ["an object", setting],
  ["a list", { apiName: "kinds", type: "list", items: "string" }],
])("A value of another type than %s is neither encoded nor decoded", (_, given) => {
  expect(encodeValue(given, "text")).toBe("text");
  expect(decodeValue(given, "text")).toBe("text");
});

describe("encodeSettings", () => {
  it("omits what is not declared, and null members", () => {
    const declared = { email: "user@example.com", devices: false, userUid: undefined };
    expect(encodeSettings(userRevocation, { ...declared, triggers: [1] })).toStrictEqual({
      email: "user@example.com",
      devices: false,
    });
    expect(encodeValue(setting, { headerText: null, kinds: undefined })).toStrictEqual({});
    expect(encodeValue({ apiName: "new_setting", type: "json" }, { a: 1 })).toEqual({ a: 1 });
  });
});

describe("A response is decoded into", () => {
  const response = {
    name: "Widget Corp",
    session_duration: null,
    login_design: { header_text: "Hi", new_member: 1, other_member: null },
    new_setting: 1,
    other_setting: null,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "",
    trusted_accounts: null,
    cache_device_posture: false,
  };

  it("settings, and additional ones without what is output-only", () => {
    expect(decodeSettings(organization, response)).toStrictEqual({
      name: "Widget Corp",
      loginDesign: { headerText: "Hi", new_member: 1 },
      additionalSettings: { new_setting: 1 },
    });
    expect(decodeSettings(organization, { name: "Widget Corp" })).toStrictEqual({
      name: "Widget Corp",
    });
    expect(decodeSettings(dohSettings, { new_field: 1 })).toStrictEqual({});
  });

  it("computed outputs, without those that the response lacks", () => {
    expect(decodeComputed(organization, response)).toStrictEqual({
      createdAt: "2026-01-01T00:00:00Z",
    });
  });

  it("other output-only fields; all unknown ones if nothing may be set by its API name", () => {
    expect(decodeOutputOnly(organization, response)).toEqual({ cache_device_posture: false });
    const token = { id: "id", client_id: "id.access", new_field: 1 };
    expect(decodeOutputOnly(dohSettings, token)).toEqual({ new_field: 1 });
  });
});

describe("decodeLive", () => {
  it("takes the time of the last change as the version, if the object has one", () => {
    const versionOf = (definition: Definition, updatedAt: unknown) =>
      decodeLive(definition, { updated_at: updatedAt }).version;
    expect(versionOf(organization, "2026-01-01T00:00:00Z")).toBe("2026-01-01T00:00:00Z");
    expect(versionOf(organization, "")).toBeUndefined();
    expect(versionOf(organization, 1)).toBeUndefined();
    // That time belongs to the service token.
    expect(versionOf(dohSettings, "2026-01-01T00:00:00Z")).toBeUndefined();
  });
});

describe("withCarriedOutputs", () => {
  const before = decodeLive(organization, {
    name: "Widget Corp",
    session_duration: "24h",
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    cache_device_posture: true,
  });

  it("adds output-only fields that the response lacks, and takes no version from before", () => {
    const after = decodeLive(organization, { name: "Gadget Corp", cache_device_posture: false });
    expect(withCarriedOutputs(organization, before, after)).toEqual({
      raw: {
        name: "Gadget Corp",
        created_at: "2026-01-01T00:00:00Z",
        updated_at: "2026-01-01T00:00:00Z",
        cache_device_posture: false,
      },
      settings: { name: "Gadget Corp" },
      computed: { createdAt: "2026-01-01T00:00:00Z", updatedAt: "2026-01-01T00:00:00Z" },
      version: undefined,
    });
  });

  it("returns a complete response unchanged", () => {
    expect(withCarriedOutputs(organization, before, before)).toBe(before);
  });
});
