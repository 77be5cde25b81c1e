import { readFileSync } from "node:fs";
import path from "node:path";
import type { OrganizationArgs } from "pulumi-cloudflare-zero-trust";
import { parse } from "yaml";
import { z } from "zod";

export const FLEET_FILE = path.join(__dirname, "accounts.yaml");

/** Settings as `Organization` takes them: the provider checks each of them in a preview. */
const settings = z
  .custom<Omit<OrganizationArgs, "accountId" | "zoneId">>(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    "must be a map of settings",
  )
  .refine((value) => !("accountId" in value) && !("zoneId" in value), "must not name an account");

const ID = "must be an account id: 32 hexadecimal digits, in quotes where all of them are decimal";

const account = z.strictObject({
  id: z.string(ID).regex(/^[0-9a-f]{32}$/, ID),
  name: z.string().regex(/^[A-Za-z0-9][\w-]{0,80}$/, "must be letters, digits, - and _"),
  settings: settings.default({}),
});

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
          const before = seen.get(one[key]);
          if (before !== undefined)
            context.addIssue({
              code: "custom",
              path: [index, key],
              message: `is that of accounts[${before}] too`,
            });
          seen.set(one[key], before ?? index);
        }
      }
    }),
});

export type Fleet = z.infer<typeof fleet>;
export type Account = z.infer<typeof account>;

/** @throws Error naming everything that is wrong with the file. */
export function readFleet(file = FLEET_FILE): Fleet {
  const result = fleet.safeParse(parse(readFileSync(file, "utf8")));
  if (result.success) return result.data;
  throw new Error(`${file} cannot be used:\n${z.prettifyError(result.error)}`);
}

/**
 * The stacks of a fleet and the accounts in each. An account's shard follows from its id alone, so
 * that a new account moves no other one. With another number of shards accounts do move, which
 * costs a deployment and changes nothing live: what one stack drops, the other adopts.
 */
export function stacksOf({ accounts, shards }: Fleet): Map<string, Account[]> {
  if (shards === undefined) return new Map(accounts.map((one) => [one.name, [one]]));
  const width = String(shards - 1).length;
  const name = (shard: number) => `shard-${String(shard).padStart(width, "0")}`;
  const stacks = new Map(
    Array.from({ length: shards }, (_, shard) => [name(shard), [] as Account[]]),
  );
  for (const one of accounts)
    stacks.get(name(Number(BigInt(`0x${one.id}`) % BigInt(shards))))?.push(one);
  return stacks;
}
