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

/** A name as it is in the names of files and of Kubernetes, where two stacks must not be one. */
export function comparable(name: string): string {
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
          const value = comparable(one[key]);
          const before = seen.get(value);
          if (before !== undefined)
            context.addIssue({
              code: "custom",
              path: [index, key],
              message: `is that of accounts[${before}] too${accounts[before]?.[key] === one[key] ? "" : ', but for case, or "_" in place of "-"'}`,
            });
          seen.set(value, before ?? index);
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
 * costs a deployment and changes nothing live: what one stack drops, the other adopts. Stacks that
 * it makes no more are left to a person.
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
