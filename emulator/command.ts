import { parseArgs } from "node:util";
import { z } from "zod";
import { EMULATOR_TOKEN } from "./authentication.js";
import { startEmulator, type Emulator, type EmulatorOptions } from "./emulator.js";
import { isId } from "./ids.js";
import { isPersonality, PERSONALITIES } from "./responses.js";
import type { LoggedRequest } from "./request-log.js";
import { behaviorOptionLines } from "./behavior-values.js";
import { behaviorSchema, type BehaviorOptions } from "./behavior.js";

/** The account that has an organization where the command line names no place. */
const EXAMPLE_ACCOUNT = "0123456789abcdef0123456789abcdef";

export const USAGE = `Usage: pulumi-cloudflare-zero-trust emulator [options]

Runs Cloudflare's Access API on 127.0.0.1 until Ctrl-C. It keeps everything in memory.

  --port <port>              port to listen on (default 8787; 0 takes a free one)
  --personality <name>       how responses spell unset settings: typical (false, {} or absent, as
                             Cloudflare's Terraform provider expects; default), sparse (absent)
                             or explicit ("", {}, [], false)
  --account <id>             an account that has an organization (may be repeated; where no account
                             and no zone is named, ${EXAMPLE_ACCOUNT} has one)
  --zone <id>                a zone that has an organization (may be repeated)
  --latency <milliseconds>   how long each answer takes (default 0)
  --rate-limit               refuse more than 1,200 calls in five minutes, as Cloudflare does
  --behavior <name>=<value>    position of an open question of the API (may be repeated; the first
                             of the values is the default):
${behaviorOptionLines()
  .map((line) => `                               ${line}`)
  .join("\n")}
  -h, --help                 show this text

Examples:
  pulumi-cloudflare-zero-trust emulator
  pulumi-cloudflare-zero-trust emulator --port 0 --personality explicit
  pulumi-cloudflare-zero-trust emulator --account ${EXAMPLE_ACCOUNT} --rate-limit`;

/** What a command line asks for: an emulator, or help. */
export type Command = { help: true } | { help: false; start: EmulatorOptions; places: Places };

type Places = { accounts: readonly string[]; zones: readonly string[] };

/** Reads the command line; throws an Error that says what is wrong with it. */
export function parseCommand(args: readonly string[]): Command {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "8787" },
      personality: { type: "string", default: "typical" },
      account: { type: "string", multiple: true, default: [] },
      zone: { type: "string", multiple: true, default: [] },
      latency: { type: "string", default: "0" },
      "rate-limit": { type: "boolean", default: false },
      behavior: { type: "string", multiple: true, default: [] },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return { help: true };
  const { personality } = values;
  if (!isPersonality(personality)) {
    throw new Error(
      `--personality must be one of ${PERSONALITIES.join(", ")}; it is "${personality}".`,
    );
  }
  return {
    help: false,
    start: {
      port: wholeNumber("--port", values.port, 65535),
      personality,
      latencyMs: wholeNumber("--latency", values.latency, 600_000),
      behavior: parseBehavior(values.behavior),
      ...(values["rate-limit"] ? { rateLimit: {} } : {}),
    },
    places: placesOf(values),
  };
}

function placesOf({ account, zone }: { account: string[]; zone: string[] }): Places {
  const isNoneNamed = account.length === 0 && zone.length === 0;
  return {
    accounts: isNoneNamed ? [EXAMPLE_ACCOUNT] : account.map((id) => checkedId("--account", id)),
    zones: zone.map((id) => checkedId("--zone", id)),
  };
}

function checkedId(option: string, id: string): string {
  if (isId(id)) return id;
  throw new Error(`${option} is an id of 32 hexadecimal digits, in small letters, not ${id}.`);
}

/** Starts the emulator that a command line asks for. */
export async function startFromCommand(
  { start, places }: Extract<Command, { help: false }>,
  print: (line: string) => void,
): Promise<Emulator> {
  const emulator = await startEmulator({
    ...start,
    onRequest: (seen) => print(oneLine(seen)),
  }).catch((error: unknown) => {
    throw isTaken(error)
      ? new Error(`Port ${start.port ?? 0} is taken: give another by --port.`)
      : error;
  });
  for (const id of places.accounts) emulator.seed("accounts", id);
  for (const id of places.zones) emulator.seed("zones", id);
  print(welcome(emulator, places));
  return emulator;
}

function isTaken(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "EADDRINUSE";
}

function welcome({ baseUrl }: Emulator, { accounts, zones }: Places): string {
  const control = `${new URL(baseUrl).origin}/_emulator`;
  const places = [...accounts.map((id) => `accounts/${id}`), ...zones.map((id) => `zones/${id}`)];
  const [place = ""] = places;
  return `Cloudflare's Access API, emulated. In the shell that is to use it:

  export CLOUDFLARE_BASE_URL=${baseUrl}
  export CLOUDFLARE_API_TOKEN=${EMULATOR_TOKEN}

There is an organization on:

${places.map((name) => `  ${name}`).join("\n")}

See what is stored, change it as somebody in the dashboard would, give another account one:

  curl ${control}/${place}
  curl -X PATCH ${control}/${place} -d '{"session_duration":"1h"}'
  curl -X PUT ${control}/accounts/00000000000000000000000000000002 -d '{"name":"Widget Corp"}'

See which requests came in; make the next PUT fail:

  curl ${control}/requests
  curl -X POST ${control}/faults -d '{"method":"PUT","status":503}'

Ctrl-C ends it.
`;
}

function oneLine({ method, path, status, startedAt }: LoggedRequest): string {
  return `${method} ${path} ${status ?? "connection cut"} ${Date.now() - startedAt} ms`;
}

function wholeNumber(option: string, text: string, most: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > most) {
    throw new Error(`${option} is a whole number up to ${most}, not ${text}.`);
  }
  return number;
}

function parseBehavior(texts: readonly string[]): BehaviorOptions {
  const { data, error } = behaviorSchema.safeParse(Object.fromEntries(texts.map(parseOption)));
  if (error) throw new Error(z.prettifyError(error));
  return data;
}

/** `putMerges=true` as a pair; what is not JSON is a word, and so is `null`, which no switch takes. */
function parseOption(text: string): [string, unknown] {
  const [name = "", ...rest] = text.split("=");
  const value = rest.join("=");
  try {
    return [name, (JSON.parse(value) as unknown) ?? value];
  } catch {
    return [name, value];
  }
}
