import { organization } from "../../provider/model/organization.js";
import { plan, type Plan, type PlanRequest } from "../../provider/model/plan.js";
import type { SettingValues, WireObject } from "../../provider/model/values.js";
import { TEAM_DOMAIN } from "../ids.js";

/** The least that a live organization holds. */
export const TEAM = { auth_domain: TEAM_DOMAIN, name: "Widget Corp" };

/** The plan for an account's organization by PUT, unless told otherwise. */
export function planOf(
  live: WireObject,
  stated: SettingValues,
  options: Partial<PlanRequest> = {},
): Plan {
  return plan({
    description: organization,
    level: "accounts",
    verb: "PUT",
    neverSend: new Set(),
    ...options,
    live,
    stated,
  });
}

/** The body that brings a live organization (besides domain and name) to what is stated. */
export function bodyOf(
  live: WireObject,
  stated: SettingValues,
  options: Partial<PlanRequest> = {},
): WireObject | undefined {
  return planOf({ ...TEAM, ...live }, stated, options).body;
}
