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

/** Some mistakes in a provider never answer: an undefined in an error's properties is one. */
const DEADLINE_MS = 15_000;

export type Properties = Record<string, JavaScriptValue>;

/** The SDK's own plugin process, asked as the engine asks it. Each call has a deadline. */
export interface Plugin {
  configure(config?: Properties): Promise<void>;
  check(olds: Properties, news: Properties): Promise<Check>;
  diff(id: string, olds: Properties, news: Properties): Promise<Diff>;
  create(inputs: Properties): Promise<{ id: string; outputs: Properties }>;
  read(id: string, outputs: Properties): Promise<Read>;
  update(id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(id: string, outputs: Properties): Promise<void>;
  /** What the plugin had the engine tell the user: `WARNING: …` through its log, `INFO: …` as printed. */
  readonly log: readonly string[];
  /** What the process printed to standard error since it started. */
  readonly complaints: () => string;
  stop(): Promise<void>;
}

export interface Check {
  readonly inputs: Properties;
  /** `property: reason` */
  readonly failures: readonly string[];
}

export interface Diff {
  /** `unknown` leaves it to the engine to compare the inputs. */
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

/** Starts the plugin in this repository, where a program's packages would be found. */
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
  const { port, complaints } = await listenTo(child, (line) => engine.log.push(`INFO: ${line}`));
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  return {
    log: engine.log,
    complaints,

    async configure(config = {}) {
      const request = new messages.ConfigureRequest().setArgs(Struct.fromJavaScript(config));
      await ask(client.configure.bind(client), request);
    },
    async check(olds, news) {
      const request = new messages.CheckRequest()
        .setOlds(Struct.fromJavaScript(olds))
        .setNews(Struct.fromJavaScript(news));
      const answer = await ask(client.check.bind(client), request);
      const failures = answer.getFailuresList();
      return {
        inputs: plain(answer.getInputs()),
        failures: failures.map((one) => `${one.getProperty()}: ${one.getReason()}`),
      };
    },
    async diff(id, olds, news) {
      const request = new messages.DiffRequest()
        .setId(id)
        .setOlds(Struct.fromJavaScript(olds))
        .setNews(Struct.fromJavaScript(news));
      const answer = await ask(client.diff.bind(client), request);
      const changes = (["unknown", "none", "some"] as const)[answer.getChanges()];
      return { changes, replaces: answer.getReplacesList() };
    },
    async create(inputs) {
      const request = new messages.CreateRequest().setProperties(Struct.fromJavaScript(inputs));
      const answer = await ask(client.create.bind(client), request);
      return { id: answer.getId(), outputs: plain(answer.getProperties()) };
    },
    async read(id, outputs) {
      const request = new messages.ReadRequest()
        .setId(id)
        .setProperties(Struct.fromJavaScript(outputs));
      const answer = await ask(client.read.bind(client), request);
      return {
        id: answer.getId(),
        outputs: plain(answer.getProperties()),
        inputs: plain(answer.getInputs()),
      };
    },
    async update(id, olds, news) {
      const request = new messages.UpdateRequest()
        .setId(id)
        .setOlds(Struct.fromJavaScript(olds))
        .setNews(Struct.fromJavaScript(news));
      const answer = await ask(client.update.bind(client), request);
      return plain(answer.getProperties());
    },
    async delete(id, outputs) {
      const request = new messages.DeleteRequest()
        .setId(id)
        .setProperties(Struct.fromJavaScript(outputs));
      await ask(client.delete.bind(client), request);
    },

    async stop() {
      client.close();
      child.kill();
      await once(child, "exit");
      engine.stop();
    },
  };
}

/** As much of an engine as the plugin talks to: it takes what the user should be told. */
async function startEngine() {
  const log: string[] = [];
  const server = new grpc.Server();
  const takeLog: IEngineServer["log"] = (call, callback) => {
    log.push(lineOf(call.request));
    callback(null, new Empty());
  };
  server.addService(EngineService, { log: takeLog });
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

/** The plugin prints its port first, and then what the engine passes on line by line. */
async function listenTo(
  child: ChildProcess,
  tell: (line: string) => void,
): Promise<{ port: string; complaints: () => string }> {
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
  lines.on("line", tell);
  return { port, complaints: () => errors.join("") };
}

type Method<Request, Answer> = (
  request: Request,
  metadata: grpc.Metadata,
  options: Partial<grpc.CallOptions>,
  callback: (error: grpc.ServiceError | null, answer: Answer) => void,
) => grpc.ClientUnaryCall;

function ask<Request, Answer>(method: Method<Request, Answer>, request: Request): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const deadline = Date.now() + DEADLINE_MS;
    method(request, new grpc.Metadata(), { deadline }, (error, answer) =>
      error === null ? resolve(answer) : reject(error),
    );
  });
}

function plain(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}
