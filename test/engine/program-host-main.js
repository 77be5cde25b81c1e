"use strict";
/* global process */
// Runs programs as the Automation API runs inline programs, in one process for all commands. Otherwise half of the
// time of a command with a small stack would be the start of a process that loads the SDK.
const { createRequire } = require("node:module");
const path = require("node:path");
const grpc = require("@grpc/grpc-js");
const { LanguageServer } = require("@pulumi/pulumi/automation/server");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");

/** The environment of the next program. */
let environment = {};
process.on("message", (next) => {
  environment = next;
  process.send("ready");
});
process.on("disconnect", () => process.exit());

/** Returns a function that runs the current program of a folder and returns its exports. */
function programIn(folder) {
  const load = createRequire(path.join(folder, "package.json"));
  const file = path.join(folder, "index.js");
  return () => {
    process.env = { ...environment };
    load.cache[file] = undefined;
    return Promise.resolve(load(file));
  };
}

class ProgramHost extends LanguageServer {
  run(call, callback) {
    return new LanguageServer(programIn(call.request.getPwd())).run(call, callback);
  }
}

const server = new grpc.Server();
server.addService(LanguageRuntimeService, new ProgramHost());
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.send(`127.0.0.1:${port}`);
});
