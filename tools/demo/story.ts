import pc from "picocolors";
import type { Emulator, Settings } from "../../emulator/index.js";
import type { RepositoryStack } from "./repository-stack.js";

const ACCOUNT = "0123456789abcdef0123456789abcdef";

/** What people have set in the dashboard before Pulumi comes. */
const LIVE: Settings = {
  name: "Widget Corp",
  auth_domain: "widget.cloudflareaccess.com",
  session_duration: "24h",
  warp_auth_session_duration: "36h",
  auto_redirect_to_identity: true,
  login_design: { header_text: "Welcome", footer_text: "Help desk: 555-0100" },
};

const DRIFT = 7;

/** The demo's steps, told for a person who watches. Throws at the first that does not go as told. */
export async function playStory(emulator: Emulator, stack: RepositoryStack): Promise<void> {
  emulator.seed("accounts", ACCOUNT, LIVE);
  const config = ["--config", `accountId=${ACCOUNT}`];

  say("An account has a Zero Trust organization that people set up in the dashboard:");
  show(emulator);

  say("Preview: what would examples/quickstart do to it? Nothing is written.");
  await run(stack, ["preview", "--diff", ...config]);

  say("Up: the live organization is adopted. Only what the program states changes.");
  await run(stack, ["up", "--yes", "--skip-preview"]);
  show(emulator, LIVE);

  say("Preview again: nothing to do.");
  await run(stack, ["preview", "--expect-no-changes"]);

  say("Someone shortens sessions and opens unmatched hosts in the dashboard…");
  emulator.edit("accounts", ACCOUNT, { session_duration: "15m", deny_unmatched_requests: false });
  const check = ["refresh", "--preview-only", "--expect-no-changes", "--diff"];
  say("…and the nightly drift check names both, and exits 7.");
  await run(stack, check, DRIFT);

  say("Repair: back to what the program states.");
  await run(stack, ["up", "--yes", "--skip-preview", "--refresh", "--run-program"]);
  await run(stack, check);

  say("Destroy: an organization cannot be deleted through the API, so it stays as it is.");
  await run(stack, ["destroy", "--yes", "--skip-preview"]);
  process.stdout.write(
    `    Pulumi's state holds ${await stack.resourceCount()} resources; the organization:\n`,
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
    throw new Error(`The demo expected exit code ${expected}, not ${exitCode}.\n${output}`);
}

/** What is set in the organization, with a mark at what is no longer as it was `before`. */
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
