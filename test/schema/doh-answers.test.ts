import { sideEffects, omittedSettings, notApplied } from "../../provider/schema/verify.js";
import { dohSettings } from "../../provider/schema/doh-settings.js";
import { liveInputs } from "../../provider/schema/managed-fields.js";
import { SERVICE_TOKEN } from "../ids.js";

describe("a DoH answer that shows the default duration", () => {
  const shown = { id: SERVICE_TOKEN, doh_jwt_duration: "24h0m0s" };

  it("holds what is stated empty, which keeps its spelling", () => {
    expect(notApplied(dohSettings, { dohJwtDuration: "" }, shown)).toEqual([]);
    expect(liveInputs(dohSettings, { dohJwtDuration: "" }, { dohJwtDuration: "24h" })).toEqual({
      dohJwtDuration: "",
    });
  });

  it("is no sign of a disturbance, whether the default appears or disappears", () => {
    const stated = { serviceTokenId: SERVICE_TOKEN };
    expect(sideEffects(dohSettings, stated, {}, shown)).toEqual([]);
    expect(sideEffects(dohSettings, stated, shown, { id: SERVICE_TOKEN })).toEqual([]);
    expect(sideEffects(dohSettings, stated, { doh_jwt_duration: "12h" }, shown)).toEqual([
      "dohJwtDuration",
    ]);
  });

  it("does not hold a stated default where the answer is silent: it may be another one", () => {
    const paths = notApplied(dohSettings, { dohJwtDuration: "24h" }, { id: SERVICE_TOKEN });
    expect(paths.map(({ path }) => path)).toEqual(["dohJwtDuration"]);
  });
});

describe("a DoH answer that lacks a part", () => {
  const stated = { serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "12h" };

  it.each([
    [{ doh_jwt_duration: "12h" }, ["serviceTokenId"]],
    [{ id: SERVICE_TOKEN }, ["dohJwtDuration"]],
    [{ id: null, doh_jwt_duration: "" }, []],
    [{}, ["serviceTokenId", "dohJwtDuration"]],
  ])("is silent on it: %j", (answer, silentOn) => {
    expect(omittedSettings(dohSettings, stated, answer)).toEqual(silentOn);
  });

  it("is not silent on what is stated empty, or not stated", () => {
    expect(omittedSettings(dohSettings, { serviceTokenId: "" }, {})).toEqual([]);
  });
});
