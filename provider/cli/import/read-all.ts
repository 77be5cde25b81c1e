import { Semaphore } from "async-mutex";
import { SingleBar } from "cli-progress";
import type { CloudflareClient } from "../../cloudflare/client.js";
import { formatScope } from "../../cloudflare/scope.js";
import type { SettingValues } from "../../schema/values.js";
import type { ImportedResource } from "../codegen/imported-resource.js";
import { exitBySignal, onSignals } from "../signals.js";
import type { Stream } from "../terminal.js";
import { messageOf } from "../errors.js";
import type { ListedTarget } from "./account-list.js";
import { readLive, type Names } from "./live.js";

/** An account or zone that is not in the files, and why. */
export interface Failure {
  readonly id: string;
  readonly name: string | undefined;
  /** Whether it could not be read, or was read and can't stand beside the others. */
  readonly outcome: "not read" | "left out";
  readonly error: string;
}

/** What was read of many accounts. */
export interface Reading {
  readonly resources: readonly ImportedResource[];
  readonly failures: readonly Failure[];
}

/** How many accounts are read at once; the client keeps all of them below Cloudflare's rate limit. */
const AT_ONCE = 8;

/** Reads the accounts of a list, in the order of the list. One that fails does not hide the others. */
export async function readAll(
  client: CloudflareClient,
  list: readonly ListedTarget[],
  progress: Stream,
): Promise<Reading> {
  const places = new Semaphore(AT_ONCE);
  const bar = progressBar(progress);
  // The bar hides the cursor, which outlives the process.
  const leaveOff = onSignals((signal) => {
    bar.stop();
    leaveOff();
    void exitBySignal(signal);
  });
  bar.start(list.length, 0);
  const readings = await Promise.all(
    list.map((listed) =>
      places.runExclusive(async () => {
        const reading = await readOne(client, listed);
        bar.increment();
        return reading;
      }),
    ),
  );
  bar.stop();
  leaveOff();
  return distinct({
    resources: readings.flatMap(({ resources }) => resources),
    failures: readings.flatMap(({ failures }) => failures),
  });
}

async function readOne(client: CloudflareClient, { target, name }: ListedTarget): Promise<Reading> {
  try {
    const resources = await readLive(client, target, (live) => namesOf(name ?? teamOf(live)));
    return { resources, failures: [] };
  } catch (error) {
    return {
      resources: [],
      failures: [{ id: formatScope(target), name, outcome: "not read", error: messageOf(error) }],
    };
  }
}

export function namesOf(name: string): Names {
  return { organization: name, dohSettings: `${name}-doh` };
}

/** The team name, which no two organizations share: "widget" of widget.cloudflareaccess.com. */
function teamOf({ authDomain }: SettingValues): string {
  return String(authDomain).split(".", 1)[0] ?? "organization";
}

/** A name from the list may be another account's team name: Pulumi takes each only once. */
function distinct({ resources, failures }: Reading): Reading {
  const taken = new Map<string, string>();
  const clashes = new Map<string, string>();
  for (const { kind, name, target } of resources) {
    const id = formatScope(target);
    const owner = taken.get(`${kind.name} ${name}`);
    taken.set(`${kind.name} ${name}`, owner ?? id);
    if (owner !== undefined)
      clashes.set(id, `Its name would be "${name}", as that of ${owner}: give it one in the list.`);
  }
  return {
    resources: resources.filter(({ target }) => !clashes.has(formatScope(target))),
    failures: [
      ...failures,
      ...[...clashes].map(([id, error]): Failure => ({
        id,
        name: undefined,
        outcome: "left out",
        error,
      })),
    ],
  };
}

/** A bar on a terminal, a line now and then in a log. */
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
