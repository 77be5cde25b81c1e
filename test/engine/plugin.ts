import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js"; // this and protobuf are the SDK's own
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { EngineService, type IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { LogSeverity, type LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import { EMULATOR_TOKEN, type Emulator } from "../../emulator/index.js";

const REPOSITORY = path.resolve(__dirname, "../..");

/** Some errors in a provider prevent a response, such as an undefined value in the properties of an error. */
const DEADLINE_MS = 15_000;

export type Properties = Record<string, JavaScriptValue>;

/** The SDK's plugin process, called as the engine calls it. Each call has a deadline. */
export interface Plugin {
  configure(config?: Properties): Promise<void>;
  check(olds: Properties, news: Properties): Promise<Check>;
  diff(id: string, olds: Properties, news: Properties): Promise<Diff>;
  create(inputs: Properties): Promise<{ id: string; outputs: Properties }>;
  read(id: string, outputs: Properties): Promise<Read>;
  update(id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(id: string, outputs: Properties): Promise<void>;
  /** The messages for the user: `WARNING: …` through the engine's log, `INFO: …` from standard output. */
  readonly log: readonly string[];
  /** The standard error of the process since it started. */
  readonly errorOutput: () => string;
  stop(): Promise<void>;
}

export interface Check {
  readonly inputs: Properties;
  /** `property: reason` */
  readonly failures: readonly string[];
}

export interface Diff {
  /** If it is `unknown`, the engine compares the inputs. */
  readonly changes: "none" | "some" | "unknown";
  readonly replaces: readonly string[];
}

export interface Read {
  readonly id: string;
  readonly outputs: Properties;
  readonly inputs: Properties;
}

/** Credentials for the emulator in the environment. */
export function environmentFor(emulator: Emulator): Record<string, string> {
  return { CLOUDFLARE_API_TOKEN: EMULATOR_TOKEN, CLOUDFLARE_BASE_URL: emulator.baseUrl };
}

/** Starts the plugin in this repository, from which it can load this package. */
export async function startPlugin(environment: Record<string, string>): Promise<Plugin> {
  const engine = await startEngine();
  const child = spawn(
    process.execPath,
    [require.resolve("@pulumi/pulumi/cmd/dynamic-provider"), engine.address],
    {
      cwd: REPOSITORY,
      env: {
        PATH: process.env.PATH,
        PULUMI_NODEJS_PROJECT: "plugin-test",
        PULUMI_NODEJS_STACK: "test",
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const { port, errorOutput } = await listenTo(child, (line) => engine.log.push(`INFO: ${line}`));
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  return {
    log: engine.log,
    errorOutput,

    async configure(config = {}) {
      const request = new messages.ConfigureRequest().setArgs(Struct.fromJavaScript(config));
      await call(client.configure.bind(client), request);
    },
    async check(olds, news) {
      const request = new messages.CheckRequest()
        .setOlds(Struct.fromJavaScript(olds))
        .setNews(Struct.fromJavaScript(news));
      const response = await call(client.check.bind(client), request);
      const failures = response.getFailuresList();
      return {
        inputs: plain(response.getInputs()),
        failures: failures.map((one) => `${one.getProperty()}: ${one.getReason()}`),
      };
    },
    async diff(id, olds, news) {
      const request = new messages.DiffRequest()
        .setId(id)
        .setOlds(Struct.fromJavaScript(olds))
        .setNews(Struct.fromJavaScript(news));
      const response = await call(client.diff.bind(client), request);
      const changes = (["unknown", "none", "some"] as const)[response.getChanges()];
      return { changes, replaces: response.getReplacesList() };
    },
    async create(inputs) {
      const request = new messages.CreateRequest().setProperties(Struct.fromJavaScript(inputs));
      const response = await call(client.create.bind(client), request);
      return { id: response.getId(), outputs: plain(response.getProperties()) };
    },
    async read(id, outputs) {
      const request = new messages.ReadRequest()
        .setId(id)
        .setProperties(Struct.fromJavaScript(outputs));
      const response = await call(client.read.bind(client), request);
      return {
        id: response.getId(),
        outputs: plain(response.getProperties()),
        inputs: plain(response.getInputs()),
      };
    },
    async update(id, olds, news) {
      const request = new messages.UpdateRequest()
        .setId(id)
        .setOlds(Struct.fromJavaScript(olds))
        .setNews(Struct.fromJavaScript(news));
      const response = await call(client.update.bind(client), request);
      return plain(response.getProperties());
    },
    async delete(id, outputs) {
      const request = new messages.DeleteRequest()
        .setId(id)
        .setProperties(Struct.fromJavaScript(outputs));
      await call(client.delete.bind(client), request);
    },

    async stop() {
      client.close();
      child.kill();
      await once(child, "exit");
      engine.stop();
    },
  };
}

/** Starts the part of an engine that the plugin calls: it collects the messages for the user. */
async function startEngine() {
  const log: string[] = [];
  const server = new grpc.Server();
  const collectLog: IEngineServer["log"] = (call, callback) => {
    log.push(lineOf(call.request));
    callback(null, new Empty());
  };
  server.addService(EngineService, { log: collectLog });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { address: `127.0.0.1:${port}`, log, stop: () => server.forceShutdown() };
}

function lineOf(request: LogRequest): string {
  const severity = request.getSeverity();
  const name = Object.entries(LogSeverity).find(([, value]) => value === severity)?.[0];
  return `${name ?? severity}: ${request.getMessage()}`;
}

/** Reads the port, which the plugin prints first, and passes on the lines after it, as the engine does. */
async function listenTo(
  child: ChildProcess,
  onLine: (line: string) => void,
): Promise<{ port: string; errorOutput: () => string }> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("The plugin has no output.");
  const errors: string[] = [];
  stderr.on("data", (chunk: Buffer) => errors.push(chunk.toString()));
  const lines = createInterface(stdout);
  const port = await new Promise<string>((resolve, reject) => {
    lines.once("line", resolve);
    child.once("exit", (code) =>
      reject(new Error(`The plugin exited ${code}: ${errors.join("")}`)),
    );
  });
  lines.on("line", onLine);
  return { port, errorOutput: () => errors.join("") };
}

type Method<Request, Response> = (
  request: Request,
  metadata: grpc.Metadata,
  options: Partial<grpc.CallOptions>,
  callback: (error: grpc.ServiceError | null, response: Response) => void,
) => grpc.ClientUnaryCall;

function call<Request, Response>(
  method: Method<Request, Response>,
  request: Request,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const deadline = Date.now() + DEADLINE_MS;
    method(request, new grpc.Metadata(), { deadline }, (error, response) =>
      error === null ? resolve(response) : reject(error),
    );
  });
}

function plain(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}
