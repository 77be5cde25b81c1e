import { parseCommand, startFromCommand, USAGE } from "../../emulator/command.js";
import { startEmulator } from "../../emulator/index.js";
import { behaviorOptionLines } from "../../emulator/behavior-values.js";
import { behaviorSchema } from "../../emulator/behavior.js";
import { ACCOUNT, call, ORGANIZATION, ZONE } from "./calls.js";

describe("the command line", () => {
  it("has defaults for everything, and an organization to begin with", () => {
    expect(parseCommand([])).toEqual({
      help: false,
      start: {
        port: 8787,
        personality: "typical",
        latencyMs: 0,
        behavior: behaviorSchema.parse({}),
      },
      places: { accounts: ["0123456789abcdef0123456789abcdef"], zones: [] },
    });
  });

  it("sets port, personality, latency, limit, places and behavior", () => {
    const command = parseCommand(
      `--port 0 --personality explicit --latency 5 --rate-limit --account ${ACCOUNT} --zone ${ZONE}
       --behavior putMerges=true --behavior dohUnset=not_found`.split(/\s+/),
    );
    expect(command).toMatchObject({
      start: {
        port: 0,
        personality: "explicit",
        latencyMs: 5,
        rateLimit: {},
        behavior: { putMerges: true, dohUnset: "not_found" },
      },
      places: { accounts: [ACCOUNT], zones: [ZONE] },
    });
  });

  it.each(behaviorOptionLines().flatMap((line) => positionsOf(line)))(
    "takes the position %s, as its help says",
    (position) => {
      expect(parseCommand(["--behavior", position])).toMatchObject({ help: false });
    },
  );

  it.each([
    ["--port eighty", /--port is a whole number up to 65535, not eighty/],
    ["--port 70000", /--port/],
    ["--personality shy", /--personality must be one of typical, sparse, explicit; it is "shy"/],
    ["--behavior putMergers=true", /putMergers/],
    ["--behavior dohUnset=maybe", /dohUnset/],
    ["--verbose", /--verbose/],
    ["--account xyz", /--account is an id of 32 hexadecimal digits, in small letters, not xyz/],
    ["--zone 0123456789ABCDEF0123456789ABCDEF", /--zone is an id/],
  ])("refuses %s", (line, reason) => {
    expect(() => parseCommand(line.split(" "))).toThrow(reason);
  });

  it("helps, with every switch by name, and what it takes", () => {
    expect(parseCommand(["--help"])).toEqual({ help: true });
    expect(parseCommand(["-h"])).toEqual({ help: true });
    for (const name of Object.keys(behaviorSchema.shape)) expect(USAGE).toContain(`${name}=`);
    expect(USAGE).toContain(" putMerges=false|true\n");
    expect(USAGE).toContain(" postStatus=201|200\n");
    expect(USAGE).toContain(" dohResponse=complete|duration_only|token_only\n");
    expect(USAGE).toContain(' staleReadsAfterWrite=<JSON>, such as {"gets":0,"ms":0}\n');
  });
});

describe("the command", () => {
  it("says so where the port is taken", async () => {
    const first = await startEmulator();
    const { port } = new URL(first.baseUrl);
    const command = parseCommand(["--port", port]);
    if (command.help) throw new Error("not asked for");
    await expect(startFromCommand(command, () => undefined)).rejects.toThrow(
      `Port ${port} is taken: give another by --port.`,
    );
    await first.close();
  });

  it("starts with the places, prints what to export, and then each request", async () => {
    const printed: string[] = [];
    const command = parseCommand(["--port", "0", "--account", ACCOUNT, "--zone", ZONE]);
    if (command.help) throw new Error("not asked for");
    const emulator = await startFromCommand(command, (line) => printed.push(line));
    await call(emulator, "GET", ORGANIZATION);
    await emulator.close();

    const port = new URL(emulator.baseUrl).port;
    expect(printed[0]?.replaceAll(port, "PORT")).toMatchInlineSnapshot(`
      "Cloudflare's Access API, emulated. In the shell that is to use it:

        export CLOUDFLARE_BASE_URL=http://127.0.0.1:PORT/client/v4
        export CLOUDFLARE_API_TOKEN=emulator-token-emulator-token-emulator-0

      There is an organization on:

        accounts/023e105f4ecef8ad9ca31a8372d0c353
        zones/699d98642c564d2e855e9661899b7252

      See what is stored, change it as somebody in the dashboard would, give another account one:

        curl http://127.0.0.1:PORT/_emulator/accounts/023e105f4ecef8ad9ca31a8372d0c353
        curl -X PATCH http://127.0.0.1:PORT/_emulator/accounts/023e105f4ecef8ad9ca31a8372d0c353 -d '{"session_duration":"1h"}'
        curl -X PUT http://127.0.0.1:PORT/_emulator/accounts/00000000000000000000000000000002 -d '{"name":"Widget Corp"}'

      See which requests came in; make the next PUT fail:

        curl http://127.0.0.1:PORT/_emulator/requests
        curl -X POST http://127.0.0.1:PORT/_emulator/faults -d '{"method":"PUT","status":503}'

      Ctrl-C ends it.
      "
    `);
    expect(printed[1]).toMatch(`GET ${ORGANIZATION} 200 `);
    expect(emulator.organization("zones", ZONE)).toBeDefined();
  });
});

/** `dohNull=clears` and `dohNull=refused`, of their line in the help. */
function positionsOf(line: string): string[] {
  const [name = "", values = ""] = line.split("=");
  const [, example] = /^<JSON>, such as (.*)/.exec(values) ?? [];
  return (example === undefined ? values.split("|") : [example]).map((value) => `${name}=${value}`);
}
