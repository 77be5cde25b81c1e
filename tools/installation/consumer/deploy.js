"use strict";
const { LocalWorkspace } = require("@pulumi/pulumi/automation");

/** Deploys the compiled program without the language host. */
async function main() {
  const program = async () => require("./bin/index.js");
  const stack = { stackName: "compiled", projectName: "consumer", program };
  const options = { workDir: __dirname };
  await (await LocalWorkspace.createOrSelectStack(stack, options)).up();
}

void main();
