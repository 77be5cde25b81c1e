import { isObject, FORMER_PIV_KEY_FIELD, type Settings } from "./fields.js";

/** Returns settings with the current MFA names, which the emulator stores. */
export function toCurrentNames(settings: Settings): Settings {
  const { [FORMER_PIV_KEY_FIELD]: requirements, ...rest } = settings;
  const renamed =
    requirements === undefined ? rest : { ...rest, mfa_piv_key_requirements: requirements };
  return withAuthenticatorRenamed(renamed, "ssh_piv_key", "piv_key");
}

/** Returns settings with the MFA names until mid-2026. */
export function toFormerNames(settings: Settings): Settings {
  const { mfa_piv_key_requirements: requirements, ...rest } = settings;
  const renamed =
    requirements === undefined ? rest : { ...rest, [FORMER_PIV_KEY_FIELD]: requirements };
  return withAuthenticatorRenamed(renamed, "piv_key", "ssh_piv_key");
}

function withAuthenticatorRenamed(settings: Settings, from: string, to: string): Settings {
  const config = settings.mfa_config;
  if (!isObject(config) || !Array.isArray(config.allowed_authenticators)) return settings;
  const renamed = config.allowed_authenticators.map((name: unknown) => (name === from ? to : name));
  return { ...settings, mfa_config: { ...config, allowed_authenticators: renamed } };
}
