/**
 * Cloudflare's Zero Trust organization and its DNS-over-HTTPS settings as Pulumi resources.
 *
 * @packageDocumentation
 */
export { CloudflareError } from "./cloudflare/cloudflare-error.js";
export {
  getDohSettings,
  getDohSettingsOutput,
  type GetDohSettingsArgs,
  type GetDohSettingsOutputArgs,
  type GetDohSettingsResult,
} from "./functions/get-doh-settings.js";
export {
  getOrganization,
  getOrganizationOutput,
  type GetOrganizationArgs,
  type GetOrganizationOutputArgs,
  type GetOrganizationResult,
} from "./functions/get-organization.js";
export type { FunctionOptions } from "./functions/options.js";
export { revokeUser, type RevokeUserArgs } from "./functions/revoke-user.js";
export { DohSettings, type DohSettingsArgs } from "./resources/doh-settings.js";
export {
  Organization,
  type OrganizationArgs,
  type OrganizationSettings,
} from "./resources/organization.js";
export { Provider, type ProviderArgs } from "./resources/provider.js";
export { UserRevocation, type UserRevocationArgs } from "./resources/user-revocation.js";
