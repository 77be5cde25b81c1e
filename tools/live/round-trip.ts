import { isDeepStrictEqual } from "node:util";
import type { dynamic } from "@pulumi/pulumi";
import { getSettings } from "../../provider/cloudflare/endpoints.js";
import type { CloudflareClient } from "../../provider/cloudflare/client.js";
import { messageOf } from "../../provider/cloudflare/error.js";
import type { ResourceType } from "../../provider/registry.js";
import { isBlank } from "../../provider/schema/equality.js";
import type { SettingValues, ApiObject } from "../../provider/schema/values.js";
import { decodeSettings } from "../../provider/schema/codec.js";

/** A change of one setting, and how to revert it. */
export interface Trial {
  readonly kind: ResourceType;
  readonly provider: dynamic.ResourceProvider;
  /** The API name of the changed setting. */
  readonly changes: string;
  /** The inputs that change and that restore the setting; undefined if it could not be restored. */
  readonly plan: (
    before: SettingValues,
  ) => { change: SettingValues; restore: SettingValues } | undefined;
}

export interface RoundTripOptions {
  readonly client: CloudflareClient;
  readonly account: string;
  /** Aborted on Ctrl-C. A changed setting is still restored. */
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

/** Changes one setting through the provider, checks the result, and always restores it. Returns what was wrong. */
export async function roundTrip(trial: Trial, options: RoundTripOptions): Promise<string[]> {
  const { client, account, signal, print } = options;
  const { kind, provider, changes } = trial;
  const read = async () =>
    (await getSettings(client, kind.endpoint, { kind: "accounts", id: account })) ?? {};
  const apply = (inputs: SettingValues) => provider.create({ accountId: account, ...inputs });

  const before = await read();
  const plan = trial.plan(decodeSettings(kind.definition, before));
  if (plan === undefined) {
    print(
      `${kind.definition.displayName}: skipped, because the present value could not be restored.`,
    );
    return [];
  }
  signal.throwIfAborted();
  // The output keeps the value if this process is killed before it restores it.
  print(
    `${kind.definition.displayName}: ${changes} has the value ${JSON.stringify(before[changes] ?? null)}`,
  );
  const wrong: string[] = [];
  try {
    await apply(plan.change);
    const during = differences(before, await read());
    if (!during.includes(changes)) wrong.push(`${changes} did not change`);
    wrong.push(...during.filter((key) => key !== changes).map((key) => `${key} also changed`));
  } catch (error) {
    wrong.push(`the change failed: ${messageOf(error)}`);
  } finally {
    wrong.push(...(await restore(() => apply(plan.restore), before, read)));
  }
  print(
    `${kind.definition.displayName}: ${changes} changed and restored: ${wrong.join("; ") || "no differences"}`,
  );
  return wrong;
}

async function restore(
  revert: () => Promise<unknown>,
  before: ApiObject,
  read: () => Promise<ApiObject>,
): Promise<string[]> {
  try {
    await revert();
    return differences(before, await read()).map(
      (key) => `${key} IS NOT RESTORED, it was ${JSON.stringify(before[key] ?? null)}`,
    );
  } catch (error) {
    return [`NOT RESTORED (${messageOf(error)}); it was ${JSON.stringify(before)}`];
  }
}

/** Returns the keys whose values are not equivalent. Every write changes the two timestamps. */
function differences(one: ApiObject, other: ApiObject): string[] {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].filter(
    (key) =>
      !["updated_at", "last_seen_at"].includes(key) &&
      !isDeepStrictEqual(withoutBlanks(one[key]), withoutBlanks(other[key])),
  );
}

function withoutBlanks(value: unknown): unknown {
  if (isBlank(value)) return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const set = Object.entries(value).filter(([, member]) => !isBlank(member));
  return set.length === 0 ? undefined : Object.fromEntries(set);
}
