/* global process */
// Writes the peak memory of the program's and the plugin's process, in kilobytes, when the process ends.
const { appendFileSync } = require("node:fs");

const [, script = ""] = process.argv;
const role = /dynamic-provider/.test(script)
  ? "plugin"
  : /cmd.run\b/.test(script)
    ? "program"
    : undefined;

if (role !== undefined) {
  process.on("exit", () => {
    const { maxRSS } = process.resourceUsage();
    appendFileSync(process.env.BENCH_PEAK_MEMORY, `${JSON.stringify({ [role]: maxRSS })}\n`);
  });
  // The engine interrupts the plugin, which would otherwise end without an exit event.
  process.on("SIGINT", () => process.exit());
}
