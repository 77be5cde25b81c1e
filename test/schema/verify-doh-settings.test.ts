import { dohSettings } from "../../provider/schema/doh-settings.js";
import { decodeLive } from "../../provider/schema/live-object.js";
import { liveInputs } from "../../provider/schema/managed-fields.js";
import { buildRequest } from "../../provider/schema/request-body.js";
import type { ApiObject, SettingValues } from "../../provider/schema/values.js";
import { notApplied, omittedSettings, sideEffects } from "../../provider/schema/verify.js";
import { SERVICE_TOKEN } from "../ids.js";

const live = (response: ApiObject) => decodeLive(dohSettings, response);

describe("A DoH response with the default duration", () => {
  const response = { id: SERVICE_TOKEN, doh_jwt_duration: "24h0m0s" };
  const notAppliedOf = (declared: SettingValues, fields: ApiObject) =>
    notApplied(dohSettings, declared, new Set(["dohJwtDuration"]), live(fields));

  it("satisfies a duration that is declared empty, which keeps its spelling", () => {
    expect(notAppliedOf({ dohJwtDuration: "" }, response)).toEqual([]);
    expect(liveInputs(dohSettings, { dohJwtDuration: "" }, live(response).settings)).toEqual({
      dohJwtDuration: "",
    });
  });

  it("does not count as a side effect if the default appears or disappears", () => {
    const requested = new Set(["serviceTokenId"]);
    const effects = (before: ApiObject, after: ApiObject) =>
      sideEffects(dohSettings, requested, live(before), live(after));
    expect(effects({}, response)).toEqual([]);
    expect(effects(response, { id: SERVICE_TOKEN })).toEqual([]);
    expect(effects({ doh_jwt_duration: "12h" }, response)).toEqual(["dohJwtDuration"]);
  });

  it("is not reported as not applied if the response lacks a duration", () => {
    expect(notAppliedOf({ dohJwtDuration: "24h" }, { id: SERVICE_TOKEN })).toEqual([]);
    expect(notAppliedOf({ dohJwtDuration: "12h" }, response)).toEqual(["dohJwtDuration"]);
  });
});

describe("omittedSettings", () => {
  it.each([
    [{ doh_jwt_duration: "12h" }, ["serviceTokenId"]],
    [{ id: SERVICE_TOKEN }, ["dohJwtDuration"]],
    [{ id: null, doh_jwt_duration: "" }, []],
    [{}, ["serviceTokenId", "dohJwtDuration"]],
  ])("of the response %j are %j", (response, omitted) => {
    const declared = { serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "12h" };
    expect(omittedSettings(dohSettings, declared, response)).toEqual(omitted);
  });

  it("does not name settings that are declared empty or not at all", () => {
    expect(omittedSettings(dohSettings, { serviceTokenId: "" }, {})).toEqual([]);
  });
});

describe("A request for DoH settings whose response lacks the service token", () => {
  it("repeats the declared token, because a full replace would clear it", () => {
    const declared = { serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "12h" };
    const request = buildRequest({
      definition: dohSettings,
      kind: "accounts",
      method: "PUT",
      live: decodeLive(dohSettings, { doh_jwt_duration: "36h" }),
      declared,
      lastDeployed: { ...declared, dohJwtDuration: "36h" },
      neverSend: new Set(),
    });
    expect(request).toMatchObject({
      body: { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "12h" },
      drifted: [],
    });
  });
});
