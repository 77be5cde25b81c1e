const { env } = require("node:process");

/** The arguments of as many organizations as the benchmark asks for; every program has the same. */
module.exports = Array.from({ length: Number(env.BENCH_RESOURCES) }, (_, index) => ({
  accountId: (index + 1).toString().padStart(32, "0"),
  name: "Widget Corp",
  sessionDuration: "12h",
  loginDesign: { backgroundColor: "#112233", headerText: "Widget Corp" },
}));
