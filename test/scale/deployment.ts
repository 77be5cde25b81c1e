import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId } from "../engine/accounts.js";
import { createProject, type Project } from "../engine/project.js";
import { earliestEnd, type Window } from "./ideal.js";

/** How many organizations meet which limit. */
export interface Scale {
  readonly organizations: number;
  /** Calls in five minutes. */
  readonly limit: number;
  /** How much faster than real time the limit's five minutes pass. */
  readonly timeScale: number;
}

/** What a run of the CLI over all organizations came to. */
export interface Report {
  readonly command: string;
  readonly exitCode: number;
  readonly output: string;
  readonly calls: number;
  readonly refused: number;
  /** How long it took, in milliseconds. */
  readonly took: number;
  /** How long it would have taken had the window's every place been used as soon as it was free. */
  readonly bound: number;
}

/** One setting of each organization differs from what the program states. */
const LIVE = { session_duration: "24h", login_design: { header_text: "Widget Corp" } };
const DRIFTED = { session_duration: "1h" };
/** Every tenth organization has been changed by someone else. */
const DRIFT_EVERY = 10;

/**
 * Deploys a stack of many organizations on the real CLI, under a limit, through its whole life. Each
 * report is handed over as it comes.
 */
export async function deployAtScale(
  { organizations, limit, timeScale }: Scale,
  report: (report: Report) => void,
): Promise<void> {
  const emulator = await startEmulator({ rateLimit: { limit, timeScale } });
  const accounts = Array.from({ length: organizations }, (_, index) => accountId(index + 1));
  for (const account of accounts) emulator.seed("accounts", account, LIVE);
  const project = await createProject(emulator, { timeoutMs: 900_000 });
  // The engine writes its whole state after each step. Of many resources that takes longer than all
  // else, and would hide how well the limit is used.
  Object.assign(project.environment, {
    PULUMI_EXPERIMENTAL: "true",
    PULUMI_SKIP_CHECKPOINTS: "true",
  });
  const window = { limit, windowMs: 300_000 / timeScale };
  const during = async (command: string, run: () => ReturnType<Project["pulumi"]>) =>
    report(await measured(emulator, window, command, run));
  try {
    await project.program(
      `for (const accountId of ${JSON.stringify(accounts)})`,
      `  new zerotrust.Organization(accountId, { accountId, sessionDuration: "12h" });`,
    );
    await during("preview", () => project.preview());
    await during("up", () => project.up());
    await during("refresh", () => project.pulumi("refresh", "--yes", "--skip-preview"));
    for (const account of accounts.filter((_, index) => index % DRIFT_EVERY === 0))
      emulator.edit("accounts", account, DRIFTED);
    await during("up --refresh", () => project.up("--refresh", "--run-program"));
    expectHealed(emulator, accounts);
    await during("destroy", () => project.destroy());
  } finally {
    await project.remove();
    await emulator.close();
  }
}

async function measured(
  emulator: Emulator,
  window: Window,
  command: string,
  run: () => ReturnType<Project["pulumi"]>,
): Promise<Report> {
  const before = emulator.requests.length;
  const startedAt = Date.now();
  const { exitCode, output } = await run();
  const took = Date.now() - startedAt;
  const times = emulator.requests.map((request) => request.startedAt);
  const calls = emulator.requests.slice(before);
  const earlier = times.slice(0, before).filter((time) => time > startedAt - window.windowMs);
  const end = times.length > before ? earliestEnd(times.slice(before), window, earlier) : 0;
  const lost = end === 0 ? 0 : (times.at(-1) ?? end) - end;
  return {
    command,
    exitCode,
    output,
    calls: calls.length,
    refused: calls.filter(({ status }) => status === 429).length,
    took,
    bound: took - lost,
  };
}

function expectHealed(emulator: Emulator, accounts: readonly string[]): void {
  for (const account of accounts) {
    const { session_duration: session, login_design: design } =
      emulator.organization("accounts", account) ?? {};
    if (session !== "12h" || JSON.stringify(design) !== JSON.stringify(LIVE.login_design))
      throw new Error(`After the repair ${account} is not as the program states it.`);
  }
}

/** One line that a person can compare. */
export function lineOf({ command, calls, refused, took, bound }: Report): string {
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  return `${command}: ${calls} calls, ${refused} answered 429, ${seconds(took)}; the limit itself allows ${seconds(bound)} (${(took / bound).toFixed(2)} times)`;
}

/** What a report breaks of what is promised, and can be counted. */
export function brokenPromises({ exitCode, calls, refused }: Report): string[] {
  return [
    ...(exitCode === 0 ? [] : [`it exited ${exitCode}`]),
    ...(refused <= calls / 100 ? [] : [`${refused} of ${calls} calls were answered 429`]),
  ];
}

/** Whether a run took longer than is promised. Only a machine with nothing else to do can tell. */
export function isTooSlow({ took, bound }: Report): boolean {
  return took > 1.15 * bound;
}
