/* global process */
// The engine ends the plugin by an interrupt, upon which Node writes no profile. An orderly exit does:
// NODE_OPTIONS="--cpu-prof --require <this file>" pulumi up
process.on("SIGINT", () => process.exit());
