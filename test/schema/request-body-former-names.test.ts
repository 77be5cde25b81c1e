import { bodyFor, TEAM } from "./request-body-for.js";

const CHANGE = { name: "Gadget Corp" };
const CHANGED = { ...TEAM, name: "Gadget Corp" };

describe("buildRequest with a list item that the API has renamed", () => {
  const live = (...names: string[]) => ({ mfa_config: { allowed_authenticators: names } });

  it.each([
    ["the former name", live("ssh_piv_key"), ["ssh_piv_key", "totp"]],
    ["the current name", live("piv_key"), ["piv_key", "totp"]],
    ["both names", live("ssh_piv_key", "piv_key", "biometrics"), ["piv_key", "totp"]],
    ["neither name", live("biometrics"), ["piv_key", "totp"]],
    ["no items", {}, ["piv_key", "totp"]],
  ])("writes the name that the live list has if that has %s", (_, before, written) => {
    const declared = { mfaConfig: { allowedAuthenticators: ["piv_key", "totp"] } };
    expect(bodyFor(before, declared)).toMatchObject({
      mfa_config: { allowed_authenticators: written },
    });
  });
});

describe("buildRequest with a setting that the API has renamed", () => {
  const requirements = { pin_policy: "once", touch_policy: "never" };
  const current = { mfa_piv_key_requirements: { pin_policy: "once" } };
  const former = { mfa_ssh_piv_key_requirements: { pin_policy: "never" } };
  const always = { mfaPivKeyRequirements: { pinPolicy: "always" } };

  it("writes the former name while the live object has that one", () => {
    const live = { mfa_ssh_piv_key_requirements: requirements };
    expect(bodyFor(live, always)).toEqual({
      ...TEAM,
      mfa_ssh_piv_key_requirements: { pin_policy: "always", touch_policy: "never" },
    });
    expect(bodyFor(live, CHANGE)).toEqual({ ...CHANGED, ...live });
  });

  it("writes the current name if the live object has neither", () => {
    expect(bodyFor({}, always)).toEqual({
      ...TEAM,
      mfa_piv_key_requirements: { pin_policy: "always" },
    });
  });

  it("writes only the current name if the live object has both", () => {
    const live = { ...former, ...current };
    expect(bodyFor(live, CHANGE)).toEqual({ ...CHANGED, ...current });
    expect(bodyFor(live, always)).toEqual({
      ...TEAM,
      mfa_piv_key_requirements: { pin_policy: "always" },
    });
  });

  it.each([{}, null])(
    "writes only the former name if the live object has both and the current one is %j",
    (empty) => {
      const live = { mfa_piv_key_requirements: empty, ...former };
      expect(bodyFor(live, CHANGE)).toEqual({ ...CHANGED, ...former });
      const never = { mfaPivKeyRequirements: { pinPolicy: "never" } };
      expect(bodyFor(live, never)).toBeUndefined();
    },
  );
});
