import { decodeLive } from "../../provider/schema/codec.js";
import { organization } from "../../provider/schema/organization.js";
import {
  buildRequest,
  type WriteRequest,
  type BuildOptions,
} from "../../provider/schema/request-body.js";
import type { SettingValues, ApiObject } from "../../provider/schema/values.js";
import { TEAM_DOMAIN } from "../ids.js";

/** The fields that every live organization has. */
export const TEAM = { auth_domain: TEAM_DOMAIN, name: "Widget Corp" };

type Options = Partial<Omit<BuildOptions, "live" | "declared">>;

/** The request for a live object, as the API returns it. By default of an account's organization. */
export function requestFor(
  live: ApiObject | undefined,
  declared: SettingValues,
  options: Options = {},
): WriteRequest {
  const { definition = organization } = options;
  return buildRequest({
    kind: "accounts",
    neverSend: new Set(),
    ...options,
    definition,
    live: live && decodeLive(definition, live),
    declared,
  });
}

/** The changes of a request as rows: path, live value, declared value, and whether no deployment recorded the live one. */
export function changesOf({ changes }: WriteRequest): unknown[][] {
  return changes.map(({ path, from, to, isUnrecorded }) => [path, from, to, isUnrecorded]);
}

/** The body of the request for a live organization that has these fields in addition to `TEAM`. */
export function bodyFor(
  live: ApiObject,
  declared: SettingValues,
  options: Options = {},
): ApiObject | undefined {
  return requestFor({ ...TEAM, ...live }, declared, options).body;
}
