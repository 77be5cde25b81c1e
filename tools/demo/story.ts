import { inspect } from "node:util";
import pc from "picocolors";
import type { Emulator, Settings } from "../../emulator/index.js";
import type { RepositoryStack } from "./repository-stack.js";

const ACCOUNT = "0123456789abcdef0123456789abcdef";

/** The settings in the dashboard before the first deployment. */
const LIVE: Settings = {
  name: "Widget Corp",
  auth_domain: "widget.cloudflareaccess.com",
  session_duration: "24h",
  warp_auth_session_duration: "36h",
  auto_redirect_to_identity: true,
  login_design: { header_text: "Welcome", footer_text: "Help desk: 555-0100" },
};

const DRIFT = 7;

/** Runs and explains the steps of the demo. Throws if a command exits with another code than expected. */
export async function playStory(emulator: Emulator, stack: RepositoryStack): Promise<void> {
  emulator.seed("accounts", ACCOUNT, LIVE);
  const config = ["--config", `accountId=${ACCOUNT}`];

  say("The account has a Zero Trust organization with settings from the dashboard.");
  show(emulator);

  say("Preview: what would examples/quickstart change?");
  await run(stack, ["preview", "--diff", ...config]);

  say("Up: adopt the live organization. Only the declared settings change.");
  await run(stack, ["up", "--yes", "--skip-preview"]);
  show(emulator);

  say("Preview again: no changes.");
  await run(stack, ["preview", "--expect-no-changes"]);

  say("Someone shortens sessions and allows unmatched requests in the dashboard…");
  emulator.edit("accounts", ACCOUNT, { session_duration: "15m", deny_unmatched_requests: false });
  const check = ["refresh", "--preview-only", "--expect-no-changes", "--diff"];
  say("…and the nightly drift check lists both settings and exits with 7.");
  await run(stack, check, DRIFT);

  say("Remediate: write the declared settings again.");
  await run(stack, ["up", "--yes", "--skip-preview", "--refresh", "--run-program"]);
  await run(stack, check);

  say("Destroy: the API cannot delete an organization, so the live one does not change.");
  await run(stack, ["destroy", "--yes", "--skip-preview"]);
  show(emulator);
}

function say(text: string): void {
  process.stdout.write(`\n${pc.bold(pc.cyan("▸"))} ${pc.bold(text)}\n`);
}

async function run(stack: RepositoryStack, args: readonly string[], expected = 0): Promise<void> {
  process.stdout.write(`  ${pc.dim(`$ pulumi ${args.join(" ")}`)}\n`);
  const color = pc.isColorSupported ? "always" : "never";
  const { exitCode, output } = await stack.run(
    [...args, "--color", color, "--suppress-progress", "--suppress-outputs"],
    (line) => line.trim() !== "" && process.stdout.write(`    ${line}\n`),
  );
  if (expected !== 0) process.stdout.write(`  ${pc.dim(`exit code ${exitCode}`)}\n`);
  if (exitCode !== expected)
    throw new Error(
      `The demo expected exit code ${expected}, but the command exited with ${exitCode}.\n${output}`,
    );
}

/** Prints the organization's settings without timestamps and those that are off or empty. */
function show(emulator: Emulator): void {
  const live = Object.entries(emulator.organization("accounts", ACCOUNT) ?? {});
  const settings = live.filter(
    ([name, value]) => !name.endsWith("_at") && !["false", "[]"].includes(JSON.stringify(value)),
  );
  const text = inspect(Object.fromEntries(settings), { colors: pc.isColorSupported, sorted: true });
  process.stdout.write(`    The live organization:\n    ${text.replaceAll("\n", "\n    ")}\n`);
}
