import { Semaphore } from "async-mutex";
import { SingleBar } from "cli-progress";
import type { CloudflareClient } from "../../cloudflare/client.js";
import { formatScope } from "../../cloudflare/scope.js";
import type { SettingValues } from "../../schema/values.js";
import type { ImportedResource } from "../codegen/imported-resource.js";
import { exitBySignal, onSignals } from "../signals.js";
import type { Stream } from "../terminal.js";
import { messageOf } from "../errors.js";
import type { ListedScope } from "./account-list.js";
import { readScope } from "./read-scope.js";

/** An account or zone that is not in the files, and why. */
export interface ImportFailure {
  readonly id: string;
  readonly name: string | undefined;
  /** Whether reading failed, or the name of the resource is already used by another one. */
  readonly outcome: "not read" | "duplicate name";
  readonly error: string;
}

/** The resources of several accounts, and the accounts that failed. */
export interface ReadResult {
  readonly resources: readonly ImportedResource[];
  readonly failures: readonly ImportFailure[];
}

/** The client keeps concurrent requests below Cloudflare's rate limit. */
const CONCURRENCY = 8;

/** Reads the accounts of a list, in the order of the list. After a failure it continues with the others. */
export async function readList(
  client: CloudflareClient,
  list: readonly ListedScope[],
  progress: Stream,
): Promise<ReadResult> {
  const semaphore = new Semaphore(CONCURRENCY);
  const bar = progressBar(progress);
  // The bar hides the cursor, and only stop() shows it again.
  const unsubscribe = onSignals((signal) => {
    bar.stop();
    unsubscribe();
    void exitBySignal(signal);
  });
  bar.start(list.length, 0);
  const results = await Promise.all(
    list.map((listed) =>
      semaphore.runExclusive(async () => {
        const result = await readListed(client, listed);
        bar.increment();
        return result;
      }),
    ),
  );
  bar.stop();
  unsubscribe();
  return withDistinctNames({
    resources: results.flatMap(({ resources }) => resources),
    failures: results.flatMap(({ failures }) => failures),
  });
}

async function readListed(
  client: CloudflareClient,
  { scope, name }: ListedScope,
): Promise<ReadResult> {
  try {
    return {
      resources: await readScope(client, scope, (live) => name ?? teamOf(live)),
      failures: [],
    };
  } catch (error) {
    const id = formatScope(scope);
    return {
      resources: [],
      failures: [{ id, name, outcome: "not read", error: messageOf(error) }],
    };
  }
}

/** Returns the team name, "widget" of widget.cloudflareaccess.com, which is unique at Cloudflare. */
function teamOf({ authDomain }: SettingValues): string {
  return String(authDomain).split(".", 1)[0] ?? "organization";
}

/** A name in the list may equal the team name of another account, but Pulumi requires unique names. */
function withDistinctNames({ resources, failures }: ReadResult): ReadResult {
  const ownerOf = new Map<string, string>();
  const duplicates = new Map<string, string>();
  for (const { type, name, scope } of resources) {
    const id = formatScope(scope);
    const key = `${type.name} ${name}`;
    const owner = ownerOf.get(key);
    ownerOf.set(key, owner ?? id);
    if (owner !== undefined)
      duplicates.set(
        id,
        `The resource name "${name}" is already used for ${owner}. Add another name for ${id} to the list.`,
      );
  }
  return {
    resources: resources.filter(({ scope }) => !duplicates.has(formatScope(scope))),
    failures: [
      ...failures,
      ...[...duplicates].map(([id, error]): ImportFailure => ({
        id,
        name: undefined,
        outcome: "duplicate name",
        error,
      })),
    ],
  };
}

/** A bar on a terminal, a line every ten seconds in a log. */
function progressBar(stream: Stream): SingleBar {
  return new SingleBar({
    format: "  {bar} {value} of {total} accounts",
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
    stream: stream as NodeJS.WriteStream,
  });
}
