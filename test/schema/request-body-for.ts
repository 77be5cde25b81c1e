import { organization } from "../../provider/schema/organization.js";
import {
  buildRequest,
  type WriteRequest,
  type BuildOptions,
} from "../../provider/schema/request-body.js";
import type { SettingValues, ApiObject } from "../../provider/schema/values.js";
import { TEAM_DOMAIN } from "../ids.js";

/** The least that a live organization holds. */
export const TEAM = { auth_domain: TEAM_DOMAIN, name: "Widget Corp" };

/** The plan for an account's organization by PUT, unless told otherwise. */
export function planOf(
  live: ApiObject,
  stated: SettingValues,
  options: Partial<BuildOptions> = {},
): WriteRequest {
  return buildRequest({
    definition: organization,
    kind: "accounts",
    method: "PUT",
    neverSend: new Set(),
    ...options,
    live,
    stated,
  });
}

/** The body that brings a live organization (besides domain and name) to what is stated. */
export function bodyOf(
  live: ApiObject,
  stated: SettingValues,
  options: Partial<BuildOptions> = {},
): ApiObject | undefined {
  return planOf({ ...TEAM, ...live }, stated, options).body;
}
