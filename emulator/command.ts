import { parseArgs } from "node:util";
import { z } from "zod";
import { EMULATOR_TOKEN } from "./authentication.js";
import { startEmulator, type Emulator, type EmulatorOptions } from "./emulator.js";
import { isId } from "./ids.js";
import { isPersonality, PERSONALITIES } from "./responses.js";
import type { LoggedRequest } from "./request-log.js";
import { behaviorHelp } from "./behavior-help.js";
import { behaviorSchema, type BehaviorOptions } from "./behavior.js";

/** The account that has an organization if the command line names no account and no zone. */
const EXAMPLE_ACCOUNT = "0123456789abcdef0123456789abcdef";

export const USAGE = `Usage: pulumi-cloudflare-zero-trust emulator [options]

Runs a local emulator of Cloudflare's Access API on 127.0.0.1 until Ctrl-C. It keeps everything in
memory.

Options:
  --port <port>              port to listen on (default 8787; 0 selects a free port)
  --account <id>             account with an organization (repeatable; default, if no account and no
                             zone is given: ${EXAMPLE_ACCOUNT})
  --zone <id>                zone with an organization (repeatable)
  --personality <name>       how responses spell unset settings (default typical):
                               typical    booleans false, login_design {}, others absent
                               sparse     absent
                               explicit   "", {}, [], null, false
  --latency <milliseconds>   delay before each request is handled (default 0)
  --rate-limit               limit each credential to 1,200 requests in five minutes
  --behavior <name>=<value>  answer to an open question about the API (repeatable; the first value
                             of each is the default):
${behaviorHelp()
  .map((line) => `                               ${line}`)
  .join("\n")}
  -h, --help                 print this help

Controls, below http://127.0.0.1:<port>/_emulator (no credential needed):
  GET, PUT, PATCH, DELETE /accounts/<id>   show, create, edit or remove an organization; an edit
                                           counts as made in the dashboard (?actor=<email>)
  GET, PUT, PATCH /accounts/<id>/doh       the same for DoH settings
  GET, PUT, PATCH, DELETE /zones/<id>      the same for the organization of a zone
  POST /accounts/<id>/service-tokens       create a service token
  GET, POST /accounts/<id>/audit-log       show the audit log, or add an entry
  GET, PATCH /behavior                     show or change behavior options
  POST, DELETE /faults                     make the next matching request fail, or remove faults
  GET, DELETE /requests                    show or forget the requests so far
  GET /revocations                         show revoked users

Examples:
  pulumi-cloudflare-zero-trust emulator
  pulumi-cloudflare-zero-trust emulator --port 0 --personality explicit
  pulumi-cloudflare-zero-trust emulator --behavior dohUnset=not_found --rate-limit`;

/** A parsed command line: the options of an emulator, or a request for help. */
export type Command = { help: true } | { help: false; start: EmulatorOptions; scopes: Scopes };

type Scopes = { accounts: readonly string[]; zones: readonly string[] };

/** Parses the command line, or throws an Error that describes the usage error. */
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
      port: parseWholeNumber("--port", values.port, 65535),
      personality,
      latencyMs: parseWholeNumber("--latency", values.latency, 600_000),
      behavior: parseBehavior(values.behavior),
      ...(values["rate-limit"] ? { rateLimit: {} } : {}),
    },
    scopes: parseScopes(values),
  };
}

function parseScopes({ account, zone }: { account: string[]; zone: string[] }): Scopes {
  const isNoneGiven = account.length === 0 && zone.length === 0;
  return {
    accounts: isNoneGiven ? [EXAMPLE_ACCOUNT] : account.map((id) => parseId("--account", id)),
    zones: zone.map((id) => parseId("--zone", id)),
  };
}

function parseId(option: string, id: string): string {
  if (isId(id)) return id;
  throw new Error(`${option} must be an id of 32 lower-case hexadecimal digits; it is "${id}".`);
}

/** Starts an emulator with the options of a command line. */
export async function startFromCommand(
  { start, scopes }: Extract<Command, { help: false }>,
  print: (line: string) => void,
): Promise<Emulator> {
  const emulator = await startEmulator({
    ...start,
    onRequest: (request) => print(requestLine(request)),
  }).catch((error: unknown) => {
    throw isPortTaken(error)
      ? new Error(`Port ${start.port ?? 0} is in use. Select another one with --port.`)
      : error;
  });
  for (const id of scopes.accounts) emulator.seed("accounts", id);
  for (const id of scopes.zones) emulator.seed("zones", id);
  print(startMessage(emulator, scopes));
  return emulator;
}

function isPortTaken(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "EADDRINUSE";
}

function startMessage({ baseUrl }: Emulator, { accounts, zones }: Scopes): string {
  const control = `${new URL(baseUrl).origin}/_emulator`;
  const scopes = [...accounts.map((id) => `accounts/${id}`), ...zones.map((id) => `zones/${id}`)];
  const [scope = ""] = scopes;
  return `The emulator of Cloudflare's Access API is running. In the shell that uses it:

  export CLOUDFLARE_BASE_URL=${baseUrl}
  export CLOUDFLARE_API_TOKEN=${EMULATOR_TOKEN}

These accounts and zones have an organization:

${scopes.map((name) => `  ${name}`).join("\n")}

Show what is stored, edit it as a person in the dashboard does, create another organization:

  curl ${control}/${scope}
  curl -X PATCH ${control}/${scope} -d '{"session_duration":"1h"}'
  curl -X PUT ${control}/accounts/00000000000000000000000000000002 -d '{"name":"Widget Corp"}'

Show the requests so far, make the next PUT fail, show who changed what:

  curl ${control}/requests
  curl -X POST ${control}/faults -d '{"method":"PUT","status":400}'
  curl ${control}/${accounts.length > 0 ? scope : "accounts/<id>"}/audit-log

--help lists all controls and options. Press Ctrl-C to stop.
`;
}

function requestLine({ method, path, status, startedAt }: LoggedRequest): string {
  return `${method} ${path} ${status ?? "connection closed"} ${Date.now() - startedAt} ms`;
}

function parseWholeNumber(option: string, text: string, most: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > most) {
    throw new Error(`${option} must be a whole number up to ${most}; it is "${text}".`);
  }
  return number;
}

function parseBehavior(texts: readonly string[]): BehaviorOptions {
  const { data, error } = behaviorSchema.safeParse(Object.fromEntries(texts.map(parseOption)));
  if (error) throw new Error(z.prettifyError(error));
  return data;
}

/** Parses `putMerges=true`. A value that is not JSON is a word, and so is `null`, the name of a value. */
function parseOption(text: string): [string, unknown] {
  const [name = "", ...rest] = text.split("=");
  const value = rest.join("=");
  try {
    return [name, (JSON.parse(value) as unknown) ?? value];
  } catch {
    return [name, value];
  }
}
