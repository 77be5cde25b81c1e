import { readFileSync, writeFileSync } from "node:fs";
import { isMap, isSeq, parseDocument } from "yaml";
import { z } from "zod";
import { normalizedName, FLEET_FILE, readFleet } from "../fleet-file";

const PER_PAGE = 50; // the API's maximum

const page = z.object({
  success: z.boolean(),
  errors: z.array(z.object({ message: z.string() })).default([]),
  result: z.array(z.object({ id: z.string(), name: z.string() })).nullable(),
});

/** Returns every account that the token can see. */
async function liveAccounts(): Promise<{ id: string; name: string }[]> {
  const { CLOUDFLARE_API_TOKEN: token, CLOUDFLARE_BASE_URL: base } = process.env;
  if (!token) throw new Error("Set CLOUDFLARE_API_TOKEN.");
  const accounts = [];
  for (let number = 1; ; number += 1) {
    const url = `${base ?? "https://api.cloudflare.com/client/v4"}/accounts?page=${number}&per_page=${PER_PAGE}`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    const { success, errors, result } = page.parse(await response.json());
    if (!success || result === null)
      throw new Error(
        `GET /accounts: ${response.status} ${errors.map(({ message }) => message).join("; ")}`,
      );
    accounts.push(...result);
    if (result.length < PER_PAGE) return accounts;
  }
}

/** Returns a unique resource name that resembles the account's name. */
function nameFor(account: { id: string; name: string }, taken: ReadonlySet<string>): string {
  const plain = account.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
  const name = plain === "" ? account.id.slice(0, 8) : plain;
  return taken.has(name) ? `${name}-${account.id.slice(0, 8)}` : name;
}

/** Adds new accounts to the file, and keeps its comments, order, names and settings. */
async function main(): Promise<void> {
  const fleet = readFleet();
  const document = parseDocument(readFileSync(FLEET_FILE, "utf8"));
  const live = await liveAccounts();
  const known = new Set(fleet.accounts.map(({ id }) => id));
  const names = new Set(fleet.accounts.map(({ name }) => normalizedName(name)));
  const list = document.get("accounts");
  if (!isSeq(list)) document.set("accounts", document.createNode([]));

  const added = live.filter(({ id }) => !known.has(id));
  for (const account of added) {
    const name = nameFor(account, names);
    names.add(name);
    const node = document.createNode({ id: account.id, name });
    if (isMap(node)) document.addIn(["accounts"], node);
  }
  writeFileSync(FLEET_FILE, document.toString());

  const seen = new Set(live.map(({ id }) => id));
  console.log(`${live.length} accounts, ${added.length} added to accounts.yaml.`);
  for (const { id, name } of fleet.accounts.filter((one) => !seen.has(one.id)))
    console.warn(`${name} (${id}) is in accounts.yaml, but the token cannot see it.`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
