/**
 * Cloudflare's Zero Trust organization and its DNS-over-HTTPS settings as Pulumi resources.
 *
 * @packageDocumentation
 */
export { DohSettings, type DohSettingsArgs } from "./resources/doh-settings.js";
export { Organization, type OrganizationArgs } from "./resources/organization.js";
