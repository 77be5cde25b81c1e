import { parseCommand, startFromCommand, USAGE } from "../../emulator/command.js";
import { startEmulator } from "../../emulator/index.js";
import { behaviorSchema } from "../../emulator/behavior.js";
import { ACCOUNT, call, ORGANIZATION, ZONE } from "./calls.js";

describe("the command line", () => {
  it("has a default for every option, and one account with an organization", () => {
    expect(parseCommand([])).toEqual({
      help: false,
      start: {
        port: 8787,
        personality: "typical",
        latencyMs: 0,
        behavior: behaviorSchema.parse({}),
      },
      scopes: { accounts: ["0123456789abcdef0123456789abcdef"], zones: [] },
    });
  });

  it("sets port, personality, latency, rate limit, scopes and behavior options", () => {
    const command = parseCommand(
      `--port 0 --personality explicit --latency 5 --rate-limit --account ${ACCOUNT} --zone ${ZONE}
       --behavior putMerges=true --behavior dohUnset=null --behavior dohPutStatus=200`.split(/\s+/),
    );
    expect(command).toMatchObject({
      start: {
        port: 0,
        personality: "explicit",
        latencyMs: 5,
        rateLimit: {},
        behavior: { putMerges: true, dohUnset: "null", dohPutStatus: 200 },
      },
      scopes: { accounts: [ACCOUNT], zones: [ZONE] },
    });
  });

  it.each([
    ["--port eighty", /--port must be a whole number up to 65535; it is "eighty"/],
    ["--port 70000", /--port/],
    ["--personality shy", /--personality must be one of typical, sparse, explicit; it is "shy"/],
    ["--behavior putMergers=true", /putMergers/],
    ["--behavior dohUnset=maybe", /dohUnset/],
    ["--verbose", /--verbose/],
    ["--account xyz", /--account must be an id of 32 lower-case hexadecimal digits; it is "xyz"/],
    ["--zone 0123456789ABCDEF0123456789ABCDEF", /--zone must be an id/],
  ])("rejects %s as a usage error", (line, reason) => {
    expect(() => parseCommand(line.split(" "))).toThrow(reason);
  });

  it("lists every behavior option with its values in the help", () => {
    expect(parseCommand(["--help"])).toEqual({ help: true });
    expect(parseCommand(["-h"])).toEqual({ help: true });
    for (const name of Object.keys(behaviorSchema.shape)) expect(USAGE).toContain(` ${name}=`);
    expect(USAGE).toContain(" putMerges=false|true\n");
    expect(USAGE).toContain(" postStatus=201|200\n");
    expect(USAGE).toContain(" dohResponse=complete|duration_only|token_only\n");
    expect(USAGE).toContain(' staleReadsAfterWrite=<JSON>, such as {"gets":0,"ms":0}\n');
  });
});

describe("the command", () => {
  it("names the option to change if the port is in use", async () => {
    const first = await startEmulator();
    const { port } = new URL(first.baseUrl);
    const command = parseCommand(["--port", port]);
    if (command.help) throw new Error("not asked for");
    await expect(startFromCommand(command, () => undefined)).rejects.toThrow(
      `Port ${port} is in use. Select another one with --port.`,
    );
    await first.close();
  });

  it("creates the organizations, prints the variables to export, and then prints each request", async () => {
    const printed: string[] = [];
    const command = parseCommand(["--port", "0", "--account", ACCOUNT, "--zone", ZONE]);
    if (command.help) throw new Error("not asked for");
    const emulator = await startFromCommand(command, (line) => printed.push(line));
    await call(emulator, "GET", ORGANIZATION);
    await emulator.close();

    const port = new URL(emulator.baseUrl).port;
    expect(printed[0]?.replaceAll(port, "PORT")).toMatchInlineSnapshot(`
      "The emulator of Cloudflare's Access API is running. In the shell that uses it:

        export CLOUDFLARE_BASE_URL=http://127.0.0.1:PORT/client/v4
        export CLOUDFLARE_API_TOKEN=emulator-token-emulator-token-emulator-0

      These accounts and zones have an organization:

        accounts/023e105f4ecef8ad9ca31a8372d0c353
        zones/699d98642c564d2e855e9661899b7252

      Show what is stored, edit it as a person in the dashboard does, create another organization:

        curl http://127.0.0.1:PORT/_emulator/accounts/023e105f4ecef8ad9ca31a8372d0c353
        curl -X PATCH http://127.0.0.1:PORT/_emulator/accounts/023e105f4ecef8ad9ca31a8372d0c353 -d '{"session_duration":"1h"}'
        curl -X PUT http://127.0.0.1:PORT/_emulator/accounts/00000000000000000000000000000002 -d '{"name":"Widget Corp"}'

      Show the requests so far, make the next PUT fail, show who changed what:

        curl http://127.0.0.1:PORT/_emulator/requests
        curl -X POST http://127.0.0.1:PORT/_emulator/faults -d '{"method":"PUT","status":400}'
        curl http://127.0.0.1:PORT/_emulator/accounts/023e105f4ecef8ad9ca31a8372d0c353/audit-log

      --help lists all controls and options. Press Ctrl-C to stop.
      "
    `);
    expect(printed[1]).toMatch(`GET ${ORGANIZATION} 200 `);
    expect(emulator.organization("zones", ZONE)).toBeDefined();
  });
});
