import { disturbed, unanswered, unheeded } from "../../provider/model/aftermath.js";
import { dohSettings } from "../../provider/model/doh-settings.js";
import { projectLive } from "../../provider/model/managed.js";
import { SERVICE_TOKEN } from "../ids.js";

describe("a DoH answer that shows the default duration", () => {
  const shown = { id: SERVICE_TOKEN, doh_jwt_duration: "24h0m0s" };

  it("holds what is stated empty, which keeps its spelling", () => {
    expect(unheeded(dohSettings, { dohJwtDuration: "" }, shown)).toEqual([]);
    expect(projectLive(dohSettings, { dohJwtDuration: "" }, { dohJwtDuration: "24h" })).toEqual({
      dohJwtDuration: "",
    });
  });

  it("is no sign of a disturbance, whether the default appears or disappears", () => {
    const stated = { serviceTokenId: SERVICE_TOKEN };
    expect(disturbed(dohSettings, stated, {}, shown)).toEqual([]);
    expect(disturbed(dohSettings, stated, shown, { id: SERVICE_TOKEN })).toEqual([]);
    expect(disturbed(dohSettings, stated, { doh_jwt_duration: "12h" }, shown)).toEqual([
      "dohJwtDuration",
    ]);
  });

  it("does not hold a stated default where the answer is silent: it may be another one", () => {
    const paths = unheeded(dohSettings, { dohJwtDuration: "24h" }, { id: SERVICE_TOKEN });
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
    expect(unanswered(dohSettings, stated, answer)).toEqual(silentOn);
  });

  it("is not silent on what is stated empty, or not stated", () => {
    expect(unanswered(dohSettings, { serviceTokenId: "" }, {})).toEqual([]);
  });
});
