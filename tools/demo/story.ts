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

  say("The account has a Zero Trust organization with settings from the dashboard:");
  show(emulator);

  say("Preview: what would examples/quickstart change?");
  await run(stack, ["preview", "--diff", ...config]);

  say("Up: adopt the live organization. Only the declared settings change.");
  await run(stack, ["up", "--yes", "--skip-preview"]);
  show(emulator, LIVE);

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
  process.stdout.write(
    `    Pulumi's state contains ${await stack.resourceCount()} resources. The live organization:\n`,
  );
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

/** Prints the organization's settings, and marks those that differ from `before`. */
function show(emulator: Emulator, before?: Settings): void {
  const live = flatten(emulator.organization("accounts", ACCOUNT) ?? {});
  const earlier = before && flatten(before);
  const width = Math.max(...Object.keys(live).map((name) => name.length));
  for (const [name, value] of Object.entries(live)) {
    if (name.endsWith("_at") || value === "false" || value === "[]") continue;
    const changed = earlier !== undefined && earlier[name] !== value;
    const line = `    ${changed ? "~" : " "} ${name.padEnd(width)}  ${value}`;
    const was = changed ? pc.dim(`  (was ${earlier[name] ?? "not set"})`) : "";
    process.stdout.write(`${changed ? pc.yellow(line) : line}${was}\n`);
  }
}

function flatten(settings: Settings, prefix = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.entries(flatten(value as Settings, `${prefix}${name}.`))
        : [[`${prefix}${name}`, JSON.stringify(value)]],
    ),
  );
}
