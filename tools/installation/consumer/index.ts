import { startEmulator } from "pulumi-cloudflare-zero-trust/emulator";
import * as zerotrust from "pulumi-cloudflare-zero-trust";

const organization = new zerotrust.Organization("organization", {
  accountId: "0123456789abcdef0123456789abcdef",
  sessionDuration: "12h",
  loginDesign: { headerText: "Widget Corp" },
  mfaConfig: { allowedAuthenticators: ["totp", "security_key"] },
});

export const sessionDuration = organization.sessionDuration.apply((text) => text?.toUpperCase());
export const canBeTested = typeof startEmulator === "function";

// @ts-expect-error: a compiler that does not find the types would accept this.
export const wrong: number = organization.authDomain;
