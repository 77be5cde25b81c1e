/* global process */
// Writes a CPU profile of the process that loads it, also where Node's own --cpu-prof cannot: it is
// not taken from NODE_OPTIONS everywhere, and the engine ends the plugin by an interrupt.
// PROFILES=/tmp/profiles NODE_OPTIONS="--require <this file>" pulumi up
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
