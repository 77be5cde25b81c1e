import { writeFile } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import net, { type AddressInfo } from "node:net";
import path from "node:path";
import { generate } from "selfsigned";
import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId } from "./accounts.js";
import { createProject, organization, succeeded, type Project } from "./project.js";

const ACCOUNT = accountId(1);
/** A host name that only the proxy resolves. */
const HOST = "api.cloudflare.example.com";

let emulator: Emulator;
let project: Project;
let api: https.Server;
let proxy: http.Server;
/** The requests to the proxy, and the bytes that it forwarded. */
let requested: string[];
let forwarded: Buffer[];

const portOf = (server: net.Server) => (server.address() as AddressInfo).port;
const listening = (server: net.Server) =>
  new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

beforeAll(async () => {
  emulator = await startEmulator();
  project = await createProject(emulator);
  const { cert, private: key } = await generate([{ name: "commonName", value: HOST }], {
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: HOST }] }],
  });
  api = https.createServer({ cert, key }, (request, response) => {
    const { url, method, headers } = request;
    request.pipe(
      http.request(new URL(url ?? "/", emulator.baseUrl), { method, headers }, (received) => {
        response.writeHead(received.statusCode ?? 0, received.headers);
        received.pipe(response);
      }),
    );
  });
  proxy = http.createServer((request, response) => {
    requested.push(`${request.method} ${request.url}`);
    response.writeHead(405).end();
  });
  proxy.on("connect", (request: http.IncomingMessage, client: net.Socket) => {
    requested.push(`CONNECT ${request.url} as ${request.headers["proxy-authorization"]}`);
    const server = net.connect(portOf(api), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      client.on("data", (chunk: Buffer) => forwarded.push(chunk));
      client.pipe(server).pipe(client);
    });
    for (const socket of [client, server])
      socket.on("error", () => {
        client.destroy();
        server.destroy();
      });
  });
  await Promise.all([listening(api), listening(proxy)]);

  const certificate = path.join(project.folder, "certificate.pem");
  await writeFile(certificate, cert);
  Object.assign(project.environment, {
    CLOUDFLARE_BASE_URL: `https://${HOST}/client/v4`,
    CLOUDFLARE_RETRIES: "0",
    HTTPS_PROXY: `http://someone:secret@127.0.0.1:${portOf(proxy)}`,
    NO_PROXY: "127.0.0.1",
    NODE_EXTRA_CA_CERTS: certificate,
  });
});
beforeEach(() => {
  requested = [];
  forwarded = [];
  emulator.seed("accounts", ACCOUNT, { session_duration: "24h" });
});
afterAll(() => {
  for (const server of [api, proxy]) server.close();
});

const AS_SOMEONE = `Basic ${Buffer.from("someone:secret").toString("base64")}`;

describe("Behind a proxy", () => {
  it("a deployment uses a tunnel, in which the proxy sees only the host", async () => {
    await project.program(
      organization("organization", { accountId: ACCOUNT, sessionDuration: "12h" }),
    );
    await succeeded(project.up());

    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject({ session_duration: "12h" });
    expect([...new Set(requested)]).toEqual([`CONNECT ${HOST}:443 as ${AS_SOMEONE}`]);
    expect(forwarded.length).toBeGreaterThan(0);
    const bytes = Buffer.concat(forwarded).toString("latin1");
    for (const secret of [EMULATOR_TOKEN, ACCOUNT, "session_duration"])
      expect(bytes).not.toContain(secret);
  });

  it("a certificate that Node.js does not trust is an error with the reason", async () => {
    project.environment.NODE_EXTRA_CA_CERTS = undefined;
    emulator.edit("accounts", ACCOUNT, { session_duration: "1h" });
    const { exitCode, output } = await project.drift();
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(/got no response: .*self-signed certificate/);
    expect(output).not.toContain("someone:secret");
  });
});
