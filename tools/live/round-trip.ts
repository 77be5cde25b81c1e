import { isDeepStrictEqual } from "node:util";
import type { dynamic } from "@pulumi/pulumi";
import { getSettings } from "../../provider/cloudflare/endpoints.js";
import type { CloudflareClient } from "../../provider/cloudflare/client.js";
import type { ResourceType } from "../../provider/registry.js";
import { isBlank } from "../../provider/schema/equality.js";
import type { SettingValues, ApiObject } from "../../provider/schema/values.js";
import { decodeSettings } from "../../provider/schema/codec.js";

/** A change that is made for a moment, and how to take it back. */
export interface Trial {
  readonly kind: ResourceType;
  readonly provider: dynamic.ResourceProvider;
  /** The setting that changes, as the API names it. */
  readonly changes: string;
  /** What to state, and what to state to have it as before; undefined where that could not be had. */
  readonly plan: (
    before: SettingValues,
  ) => { there: SettingValues; back: SettingValues } | undefined;
}

export interface RoundTripOptions {
  readonly client: CloudflareClient;
  readonly account: string;
  /** Asks to stop: what was changed by then is still restored. */
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

/** Changes one setting through the provider, looks, and restores it whatever happens. Answers what was wrong. */
export async function roundTrip(trial: Trial, options: RoundTripOptions): Promise<string[]> {
  const { client, account, signal, print } = options;
  const { kind, provider, changes } = trial;
  const look = async () =>
    (await getSettings(client, kind.endpoint, { kind: "accounts", id: account })) ?? {};
  const apply = (stated: SettingValues) => provider.create({ accountId: account, ...stated });

  const before = await look();
  const plan = trial.plan(decodeSettings(kind.definition, before));
  if (plan === undefined) {
    print(`${kind.definition.displayName}: left alone, since what is there could not be put back.`);
    return [];
  }
  signal.throwIfAborted();
  // On record, should this process be killed before it can restore it.
  print(
    `${kind.definition.displayName}: ${changes} is ${JSON.stringify(before[changes] ?? null)} now`,
  );
  const wrong: string[] = [];
  try {
    await apply(plan.there);
    const during = differences(before, await look());
    if (!during.includes(changes)) wrong.push(`${changes} did not change`);
    wrong.push(...during.filter((key) => key !== changes).map((key) => `${key} changed besides`));
  } catch (error) {
    wrong.push(`the change failed: ${messageOf(error)}`);
  } finally {
    wrong.push(...(await restore(() => apply(plan.back), before, look)));
  }
  print(`${kind.definition.displayName}: ${changes} there and back: ${wrong.join("; ") || "fine"}`);
  return wrong;
}

async function restore(
  back: () => Promise<unknown>,
  before: ApiObject,
  look: () => Promise<ApiObject>,
): Promise<string[]> {
  try {
    await back();
    return differences(before, await look()).map(
      (key) => `${key} IS NOT RESTORED, it was ${JSON.stringify(before[key] ?? null)}`,
    );
  } catch (error) {
    return [`NOT RESTORED (${messageOf(error)}); it was ${JSON.stringify(before)}`];
  }
}

/** The keys under which two answers do not mean the same. Every write moves the first two. */
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
