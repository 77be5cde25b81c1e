import { explainChange } from "../../../provider/cli/drift/explain-change.js";
import type { AuditLogEntry } from "../../../provider/cloudflare/audit-log.js";
import { dohSettings } from "../../../provider/schema/doh-settings.js";
import { organization } from "../../../provider/schema/organization.js";

const HEADER = "loginDesign.headerText";
const CHANGED_AT = "2026-11-29T12:00:00.500Z";

/** A logged write at an hour of the day. */
function write(email: string, hour: number, request?: unknown): AuditLogEntry {
  return {
    id: email,
    action: { time: `2026-11-29T${String(hour).padStart(2, "0")}:00:00Z` },
    actor: { email, context: "dash" },
    raw: { cf_ray_id: "8e9b1c60ef9e1c9a" },
    resource: { request },
  };
}

const explained = (setting: string, live: unknown, ...writes: AuditLogEntry[]) => {
  const { changedBy } = explainChange(organization, { setting, live }, writes, CHANGED_AT);
  return changedBy && [changedBy.match, changedBy.actor];
};

describe("explainChange", () => {
  it("finds the write that set the live value, not a later one that repeats it", () => {
    const writes = [
      write("b@example.com", 11, { session_duration: "48h", name: "New" }),
      write("a@example.com", 10, { session_duration: "48h", name: "Old" }),
      write("ci@example.com", 9, { session_duration: "12h", name: "Old" }),
    ];
    expect(explained("sessionDuration", "48h", ...writes)).toEqual(["exact", "a@example.com"]);
    expect(explained("name", "New", ...writes)).toEqual(["exact", "b@example.com"]);
  });

  it.each([
    ["a duration in another spelling", "sessionDuration", "48h", { session_duration: "2880m" }],
    ["a property of an object", HEADER, "Hi", { login_design: { header_text: "Hi" } }],
    ["a property that the request omits", HEADER, null, { login_design: { footer_text: "Help" } }],
    ["an object that is cleared with null", HEADER, null, { login_design: null }],
    ["a boolean that is switched off", "isUiReadOnly", false, { is_ui_read_only: false }],
    [
      "an object that is replaced as a whole",
      "serviceTokenInactivity",
      { action: "disable", enabled: true, inactivityThresholdDays: 30 },
      {
        service_token_inactivity: {
          action: "disable",
          enabled: true,
          inactivity_threshold_days: 30,
        },
      },
    ],
    ["an additional setting", "additionalSettings.new", { on: true }, { new: { on: true } }],
  ])("compares %s", (_, setting, live, request) => {
    // After the last change, a write is named only if its request has the live value.
    expect(explained(setting, live, write("a@example.com", 13, request))).toEqual([
      "probable",
      "a@example.com",
    ]);
  });

  it.each<[string, AuditLogEntry[], string | undefined]>([
    [
      "the oldest write with the live value as probable if no older one has another value",
      [
        write("ci@example.com", 11, { session_duration: "48h", name: "New" }),
        write("a@example.com", 10, { session_duration: "48h", name: "Old" }),
        write("b@example.com", 9),
      ],
      "a@example.com",
    ],
    [
      "the newest write before the last change as probable if no request has the setting",
      [write("c@example.com", 13), write("b@example.com", 12), write("a@example.com", 11)],
      "b@example.com",
    ],
    [
      "no write if the newest request with the setting has another value",
      [
        write("ci@example.com", 11, { session_duration: "12h" }),
        write("a@example.com", 10, { session_duration: "48h" }),
      ],
      undefined,
    ],
    ["no write if all are after the last change", [write("c@example.com", 13)], undefined],
    ["no write if there is none", [], undefined],
  ])("names %s", (_, writes, actor) => {
    expect(explained("sessionDuration", "48h", ...writes)).toEqual(actor && ["probable", actor]);
  });

  it("matches DoH settings under the name that requests use", () => {
    const id = "f174e90a-fafe-4643-bbbc-4a0ed4fc8415";
    const writes = [
      write("a@example.com", 11, { service_token_id: id }),
      write("ci@example.com", 10, { service_token_id: "0c6f2a3e-9d1b-4c58-8e77-52b1f0a9d364" }),
    ];
    const drift = { setting: "serviceTokenId", live: id };
    expect(explainChange(dohSettings, drift, writes, undefined).changedBy).toMatchObject({
      match: "exact",
      actor: "a@example.com",
    });
  });

  it("names a probable write for a secret, whose live value is masked", () => {
    const request = { session_duration: "48h" };
    expect(explained("sessionDuration", "[secret]", write("a@example.com", 11, request))).toEqual([
      "probable",
      "a@example.com",
    ]);
  });

  it.each([
    [{ context: "api_token", token_name: "CI", email: "owner@example.com" }, "CI", "API token"],
    [{ context: "oauth", token_name: "wrangler", email: "a@example.com" }, "wrangler", "OAuth"],
    [{ context: "api_token", email: "owner@example.com" }, "owner@example.com", "API token"],
    [{ context: "api_key", email: "a@example.com" }, "a@example.com", "API key"],
    [{ context: "dash", type: "cloudflare_admin" }, "Cloudflare staff", "dashboard"],
    [{ type: "system" }, "Cloudflare system", undefined],
    [{ context: "new", email: "a@example.com" }, "a@example.com", undefined],
    [{}, "unnamed actor", undefined],
  ])("names the actor %j", (actor, name, via) => {
    const logged = { ...write("a@example.com", 11, { session_duration: "48h" }), actor };
    const drift = { setting: "sessionDuration", live: "48h" };
    const { changedBy } = explainChange(organization, drift, [logged], CHANGED_AT);
    expect([changedBy?.actor, changedBy?.via]).toEqual([name, via]);
  });
});
