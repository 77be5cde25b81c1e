import type { ApiObject, SettingValues } from "../../provider/schema/values.js";
import { bodyFor, requestFor, TEAM } from "./request-body-for.js";

const inactivity = { action: "delete", enabled: true, inactivity_threshold_days: 60 };

describe("buildRequest with the atomic serviceTokenInactivity", () => {
  it.each<[string, object, object]>([
    ["the live members", inactivity, { ...inactivity, enabled: false }],
    [
      "the live members that this release does not know, without null",
      { ...inactivity, notify: "ops", other: null },
      { ...inactivity, enabled: false, notify: "ops" },
    ],
    [
      "defaults for members that the live object lacks",
      { enabled: true },
      { action: "disable", enabled: false, inactivity_threshold_days: 90 },
    ],
    [
      "defaults for live members that the API rejects",
      { action: "", enabled: true, inactivity_threshold_days: 0 },
      { action: "disable", enabled: false, inactivity_threshold_days: 90 },
    ],
  ])(
    "clears it with a complete object that is off and has %s, because the API rejects null",
    (_, live, written) => {
      expect(bodyFor({ service_token_inactivity: live }, { serviceTokenInactivity: {} })).toEqual({
        ...TEAM,
        service_token_inactivity: written,
      });
    },
  );

  it.each([
    ["changes", { action: "disable", enabled: true, inactivityThresholdDays: 90 }],
    ["clears", {}],
  ])("keeps live members that this release does not know if it %s it", (_, declared) => {
    const live = { ...inactivity, notify: "ops", quiet: false, other: null };
    const body = bodyFor({ service_token_inactivity: live }, { serviceTokenInactivity: declared });
    expect(body).toMatchObject({ service_token_inactivity: { notify: "ops", quiet: false } });
    expect(body).not.toHaveProperty("service_token_inactivity.other");
  });
});

describe("buildRequest with members of serviceTokenInactivity that this release does not know", () => {
  const declared = { action: "delete", enabled: true, inactivityThresholdDays: 60 };
  const live = { service_token_inactivity: { ...inactivity, notify: "ops", quiet: false } };
  const update = (
    before: SettingValues,
    after: SettingValues,
    current: ApiObject = live,
  ): ReturnType<typeof requestFor> =>
    requestFor(
      { ...TEAM, ...current },
      { serviceTokenInactivity: after },
      { lastDeployed: { serviceTokenInactivity: before } },
    );

  it("writes a declared member, and repeats the other live members", () => {
    const request = update(declared, { ...declared, notify: "dev" });
    expect(request.changes.map(({ path }) => path)).toEqual(["serviceTokenInactivity.notify"]);
    expect(request.body?.service_token_inactivity).toEqual({
      ...inactivity,
      notify: "dev",
      quiet: false,
    });
    expect(request.unchanged).not.toContain("service_token_inactivity.notify");
    expect(request.unchanged).toContain("service_token_inactivity.action");
  });

  it("writes a member without the drift of the others, and the others without its drift", () => {
    const before = { ...declared, notify: "first" };
    const drifted = { service_token_inactivity: { ...inactivity, action: "disable", notify: "x" } };
    const one = update(before, { ...before, notify: "dev" }, drifted);
    expect(one.body?.service_token_inactivity).toEqual({
      ...inactivity,
      action: "disable",
      notify: "dev",
    });
    expect(one.drifted.map(({ path }) => path)).toEqual(["serviceTokenInactivity"]);
    const other = update(before, { ...before, inactivityThresholdDays: 90 }, drifted);
    expect(other.body?.service_token_inactivity).toEqual({
      ...inactivity,
      inactivity_threshold_days: 90,
      notify: "x",
    });
    expect(other.drifted.map(({ path }) => path)).toEqual(["serviceTokenInactivity.notify"]);
  });

  it("writes all of it together with a member that this release does not know", () => {
    const request = update({}, { ...declared, notify: "dev" }, {});
    expect(request.body?.service_token_inactivity).toEqual({ ...inactivity, notify: "dev" });
  });

  it("writes a complete object if the live one is unset", () => {
    const off = { ...declared, enabled: false };
    const request = update(off, { ...off, notify: "ops" }, {});
    expect(request.body?.service_token_inactivity).toEqual({
      action: "disable",
      enabled: false,
      inactivity_threshold_days: 90,
      notify: "ops",
    });
  });

  it("removes a member that is declared empty", () => {
    expect(update(declared, { ...declared, notify: "" }).body?.service_token_inactivity).toEqual({
      ...inactivity,
      quiet: false,
    });
  });
});
