"use strict";
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const zerotrust = require("pulumi-cloudflare-zero-trust");
const accounts = require("./accounts.json");

// As the engine itself exits.
const [DONE, TROUBLE, DRIFT] = [0, 1, 7];

const commands = {
  /** Deploys an account's stack. */
  async up(stack) {
    const { summary } = await stack.up();
    return { exitCode: DONE, changes: summary.resourceChanges };
  },

  /** Says whether an account is no longer as it was deployed. Changes nothing. */
  async drift(stack) {
    const { changeSummary } = await stack.previewRefresh();
    const { same, ...changes } = changeSummary;
    const drifted = Object.keys(changes).length > 0;
    return { exitCode: drifted ? DRIFT : DONE, changes: { same, ...changes } };
  },
};

/** Runs a command on every account's stack; one that fails hides no other. */
async function forEachAccount(run) {
  const exitCodes = [];
  for (const [name, accountId] of Object.entries(accounts))
    try {
      const { exitCode, changes } = await run(await stackOf(name, accountId));
      console.log(`${name}: ${told(changes)}`);
      exitCodes.push(exitCode);
    } catch ({ message }) {
      console.error(`${name}: ${message}`);
      exitCodes.push(TROUBLE);
    }
  return [TROUBLE, DRIFT].find((code) => exitCodes.includes(code)) ?? DONE;
}

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
  process.exitCode = await forEachAccount(run);
}

main(process.argv.slice(2)).catch(({ message }) => {
  console.error(message);
  process.exitCode = TROUBLE;
});
