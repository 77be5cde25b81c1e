"use strict";
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const zerotrust = require("pulumi-cloudflare-zero-trust");
const accounts = require("./accounts.json");

// The exit codes of the Pulumi CLI.
const [SUCCESS, ERROR, DRIFT] = [0, 1, 7];

const commands = {
  /** Deploys an account's stack. */
  async up(stack, options) {
    const result = await stack.up(options);
    return { exitCode: SUCCESS, changes: result.summary.resourceChanges };
  },

  /** Reports whether an account has drifted. Changes nothing. */
  async drift(stack, options) {
    const { changeSummary } = await stack.previewRefresh(options);
    const { same, ...changes } = changeSummary;
    const drifted = Object.keys(changes).length > 0;
    return { exitCode: drifted ? DRIFT : SUCCESS, changes: { same, ...changes } };
  },
};

/** Runs a command on every account's stack, and continues after a failure. */
async function forEachAccount(run) {
  const exitCodes = [];
  for (const [name, accountId] of Object.entries(accounts)) {
    const errors = collectErrors();
    try {
      const stack = await openStack(name, accountId);
      const { exitCode, changes } = await run(stack, { onEvent: errors.onEvent });
      console.log(`${name}: ${summary(changes)}`);
      exitCodes.push(exitCode);
    } catch (error) {
      console.error(`${name}: ${errors.describe(error)}`);
      exitCodes.push(ERROR);
    }
  }
  return [ERROR, DRIFT].find((code) => exitCodes.includes(code)) ?? SUCCESS;
}

function openStack(name, accountId) {
  const program = async () => {
    const organization = new zerotrust.Organization("organization", {
      accountId,
      sessionDuration: "12h",
      denyUnmatchedRequests: true,
    });
    return { updatedAt: organization.updatedAt };
  };
  // The engine searches the package from this directory; the default is a temporary one.
  const options = { workDir: __dirname };
  const stack = { stackName: name, projectName: "zero-trust-automation-api", program };
  return LocalWorkspace.createOrSelectStack(stack, options);
}

/** Collects the engine's errors. The error that the SDK throws contains the complete output of the CLI, twice. */
function collectErrors() {
  const messages = new Set();
  return {
    onEvent({ diagnosticEvent }) {
      if (diagnosticEvent?.severity !== "error") return;
      const message = diagnosticEvent.message.trim().replace(/^Preview failed: /, "");
      // The engine adds this message to every failure.
      if (!/^(preview|update) failed$/.test(message)) messages.add(message);
    },
    describe(error) {
      if (messages.size > 0) return [...messages].join("\n");
      return error.message.split("\n err?: ", 1)[0];
    },
  };
}

function summary(changes) {
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
  process.exitCode = ERROR;
});
