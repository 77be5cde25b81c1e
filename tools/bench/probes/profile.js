/* global process */
// Writes a CPU profile of the process that loads this file. Node's own --cpu-prof does not work here: NODE_OPTIONS
// does not accept it everywhere, and the engine ends the plugin with an interrupt.
// Usage: PROFILES=/tmp/profiles NODE_OPTIONS="--require <this file>" pulumi up
const { mkdirSync, writeFileSync } = require("node:fs");
const { Session } = require("node:inspector");
const path = require("node:path");

const folder = process.env.PROFILES ?? "profiles";
const session = new Session();
session.connect();
session.post("Profiler.enable");
session.post("Profiler.start");

process.on("SIGINT", () => process.exit());
process.on("exit", () =>
  session.post("Profiler.stop", (_error, { profile }) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `${process.pid}.cpuprofile`), JSON.stringify(profile));
  }),
);
