import { bodyOf, TEAM } from "./request-body-for.js";

describe("an authenticator that the API has renamed", () => {
  const configured = (...names: string[]) => ({ mfaConfig: { allowedAuthenticators: names } });
  const live = (...names: string[]) => ({ ...TEAM, mfa_config: { allowed_authenticators: names } });

  it.each([
    ["former", live("ssh_piv_key"), ["ssh_piv_key", "totp"]],
    ["today's", live("piv_key"), ["piv_key", "totp"]],
    ["both", live("ssh_piv_key", "piv_key", "biometrics"), ["piv_key", "totp"]],
    ["neither", live("biometrics"), ["piv_key", "totp"]],
    ["no list", TEAM, ["piv_key", "totp"]],
  ])("is written under the name that the live list uses: %s", (_, before, written) => {
    expect(bodyOf(before, configured("piv_key", "totp"))).toMatchObject({
      mfa_config: { allowed_authenticators: written },
    });
  });
});
