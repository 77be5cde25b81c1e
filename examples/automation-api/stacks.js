"use strict";
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const zerotrust = require("pulumi-cloudflare-zero-trust");
const accounts = require("./accounts.json");

const DRIFT = 7; // as the engine's own drift check exits

const commands = {
  /** Deploys every account's stack. */
  async up() {
    for (const [name, accountId] of Object.entries(accounts)) {
      const { summary } = await (await stackOf(name, accountId)).up();
      console.log(`${name}: ${told(summary.resourceChanges)}`);
    }
    return 0;
  },

  /** Says which accounts are no longer as they were deployed. Changes nothing. */
  async drift() {
    const drifted = [];
    for (const [name, accountId] of Object.entries(accounts)) {
      const { changeSummary } = await (await stackOf(name, accountId)).previewRefresh();
      const { same, ...changes } = changeSummary;
      console.log(`${name}: ${told({ same, ...changes })}`);
      if (Object.keys(changes).length > 0) drifted.push(name);
    }
    return drifted.length > 0 ? DRIFT : 0;
  },
};

function stackOf(name, accountId) {
  const program = async () => {
    const organization = new zerotrust.Organization("organization", {
      accountId,
      sessionDuration: "12h",
      denyUnmatchedRequests: true,
    });
    return { updatedAt: organization.updatedAt };
  };
  // The engine looks for the package from this folder: without it, it would look in a temporary one.
  const options = { workDir: __dirname };
  const stack = { stackName: name, projectName: "zero-trust-automation-api", program };
  return LocalWorkspace.createOrSelectStack(stack, options);
}

function told(changes) {
  return Object.entries(changes)
    .map(([operation, count]) => `${count} ${operation}`)
    .join(", ");
}

async function main([command]) {
  const run = commands[command];
  if (run === undefined)
    throw new Error(`Usage: node stacks.js ${Object.keys(commands).join("|")}`);
  process.exitCode = await run();
}

main(process.argv.slice(2)).catch(({ message }) => {
  console.error(message);
  process.exitCode = 1;
});
