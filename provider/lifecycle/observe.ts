import type { CloudflareClient } from "../cloudflare/client.js";
import { saysNoOrganization } from "../cloudflare/error.js";
import { formatTarget, type Target } from "../cloudflare/target.js";
import { isObject, type WireObject } from "../model/values.js";
import type { SettingsKind } from "./kind.js";

/**
 * The live object as the API answers it, or undefined where the API says that there is none.
 * Settings that can't be made (DoH) always exist; while nobody has set them they are `{}`.
 *
 * @throws CloudflareError for everything else: what can't be looked at is never taken for gone.
 */
export async function observe(
  kind: SettingsKind,
  client: CloudflareClient,
  target: Target,
): Promise<WireObject | undefined> {
  try {
    const { result } = await client.send({ method: "GET", path: kind.endpoint.path(target) });
    return liveObject(kind, target, result);
  } catch (error) {
    if (saysNoOrganization(error)) return kind.endpoint.canBeMade ? undefined : {};
    throw error;
  }
}

/** Makes sense of the `result` of an answer. */
export function liveObject(
  { description, endpoint }: SettingsKind,
  target: Target,
  result: unknown,
): WireObject | undefined {
  const live = result ?? {};
  if (!isObject(live))
    throw new Error(
      `Cloudflare's answer about the ${description.noun} of ${formatTarget(target)} is no object, so nothing was read from it.`,
    );
  const { identifiedBy } = description;
  if (identifiedBy === undefined || live[identifiedBy]) return live;
  return endpoint.canBeMade ? undefined : {};
}
