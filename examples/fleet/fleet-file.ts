import { readFileSync } from "node:fs";
import path from "node:path";
import type { OrganizationSettings } from "pulumi-cloudflare-zero-trust";
import { parse } from "yaml";
import { z } from "zod";

export const FLEET_FILE = path.join(__dirname, "accounts.yaml");

/** The inputs of `Organization`. The provider validates each of them in the preview. */
const settings = z
  .custom<OrganizationSettings>(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    "must be a map of settings",
  )
  .refine(
    (value) => !("accountId" in value) && !("zoneId" in value),
    "must not contain accountId or zoneId",
  );

const ID = "must be an account id: 32 hexadecimal digits, in quotes where all of them are decimal";

const account = z.strictObject({
  id: z.string(ID).regex(/^[0-9a-f]{32}$/, ID),
  name: z.string().regex(/^[A-Za-z0-9][\w-]{0,80}$/, "must be letters, digits, - and _"),
  settings: settings.default({}),
});

/** The normalized form of a name. File names and Kubernetes names that have the same form would collide. */
export function normalizedName(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}

const fleet = z.strictObject({
  baseline: settings,
  shards: z.int().min(1).max(10_000).optional(),
  accounts: z
    .array(account)
    .nullable()
    .transform((accounts) => accounts ?? [])
    .superRefine((accounts, context) => {
      for (const key of ["id", "name"] as const) {
        const seen = new Map<string, number>();
        for (const [index, one] of accounts.entries()) {
          const value = normalizedName(one[key]);
          const first = seen.get(value);
          if (first !== undefined)
            context.addIssue({
              code: "custom",
              path: [index, key],
              message: `must be unique: accounts[${first}] has the same one${accounts[first]?.[key] === one[key] ? "" : ' (upper and lower case, and "_" and "-", count as equal)'}`,
            });
          seen.set(value, first ?? index);
        }
      }
    }),
});

export type Fleet = z.infer<typeof fleet>;
export type Account = z.infer<typeof account>;

/** @throws Error that lists everything that is invalid in the file. */
export function readFleet(file = FLEET_FILE): Fleet {
  const result = fleet.safeParse(parse(readFileSync(file, "utf8")));
  if (result.success) return result.data;
  throw new Error(`${file} is invalid:\n${z.prettifyError(result.error)}`);
}

/**
 * Returns the stacks of a fleet and the accounts in each. An account's shard depends only on its id,
 * so a new account does not move others. Another number of shards moves accounts between stacks:
 * one stack drops them from its state and the other adopts them, without a live change.
 */
export function stacksOf({ accounts, shards }: Fleet): Map<string, Account[]> {
  if (shards === undefined) return new Map(accounts.map((one) => [one.name, [one]]));
  const name = (shard: number) => `shard-${shard}`;
  const stacks = new Map(
    Array.from({ length: shards }, (_, shard) => [name(shard), [] as Account[]]),
  );
  for (const one of accounts)
    stacks.get(name(Number(BigInt(`0x${one.id}`) % BigInt(shards))))?.push(one);
  return stacks;
}
