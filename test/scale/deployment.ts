import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId } from "../engine/accounts.js";
import { createProject, endProjects, type Project } from "../engine/project.js";
import { earliestEnd, type Window } from "./earliest-end.js";

/** The number of organizations, and the rate limit. */
export interface Scale {
  readonly organizations: number;
  /** Requests in five minutes. */
  readonly limit: number;
  /** How many times faster than real time the limit's five minutes pass. */
  readonly timeScale: number;
}

/** The result of one CLI command over all organizations. */
export interface Report {
  readonly command: string;
  readonly exitCode: number;
  readonly output: string;
  readonly requests: number;
  /** Requests with the response 429. */
  readonly rejected: number;
  readonly durationMs: number;
  /** The shortest possible duration under the limit. */
  readonly boundMs: number;
}

/** One setting of each organization differs from the program. */
const LIVE = { session_duration: "24h", login_design: { header_text: "Widget Corp" } };
const DRIFTED = { session_duration: "1h" };
/** Every tenth organization drifts. */
const DRIFT_EVERY = 10;

/**
 * Runs preview, up, refresh and remediation of many organizations with the real CLI under a rate limit.
 * Calls `onReport` after each command.
 */
export async function deployAtScale(
  { organizations, limit, timeScale }: Scale,
  onReport: (report: Report) => void,
): Promise<void> {
  const emulator = await startEmulator({ rateLimit: { limit, timeScale } });
  const accounts = Array.from({ length: organizations }, (_, index) => accountId(index + 1));
  for (const account of accounts) emulator.seed("accounts", account, LIVE);
  const project = await createProject(emulator, { timeoutMs: 900_000 });
  // The engine writes its whole state after each step. With many resources that takes longer than everything else, and
  // would hide how well the provider uses the limit.
  Object.assign(project.environment, {
    PULUMI_EXPERIMENTAL: "true",
    PULUMI_SKIP_CHECKPOINTS: "true",
  });
  const window = { limit, windowMs: 300_000 / timeScale };
  const during = async (command: string, run: () => ReturnType<Project["pulumi"]>) =>
    onReport(await measured(emulator, window, command, run));
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
    expectRemediated(emulator, accounts);
  } finally {
    await endProjects();
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
  const durationMs = Date.now() - startedAt;
  const times = emulator.requests.map((request) => request.startedAt);
  const own = emulator.requests.slice(before);
  const earlier = times.slice(0, before).filter((time) => time > startedAt - window.windowMs);
  const end = earliestEnd(times.slice(before), window, earlier);
  const lost = (times.at(-1) ?? end) - end;
  return {
    command,
    exitCode,
    output,
    requests: own.length,
    rejected: own.filter(({ status }) => status === 429).length,
    durationMs,
    boundMs: durationMs - lost,
  };
}

function expectRemediated(emulator: Emulator, accounts: readonly string[]): void {
  for (const account of accounts) {
    const { session_duration: session, login_design: design } =
      emulator.organization("accounts", account) ?? {};
    if (session !== "12h" || JSON.stringify(design) !== JSON.stringify(LIVE.login_design))
      throw new Error(`After the remediation, ${account} differs from the program.`);
  }
}

/** Formats a report as one line. */
export function lineOf({ command, requests, rejected, durationMs, boundMs }: Report): string {
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  return `${command}: ${requests} requests, ${rejected} rejected with 429, ${seconds(durationMs)}, ${(durationMs / boundMs).toFixed(2)} times the minimum of ${seconds(boundMs)}`;
}

/** Returns the violated requirements that do not depend on the machine. */
export function violations({ exitCode, requests, rejected }: Report): string[] {
  return [
    ...(exitCode === 0 ? [] : [`the command exited with ${exitCode}`]),
    ...(rejected <= requests / 100
      ? []
      : [`${rejected} of ${requests} requests were rejected with 429`]),
  ];
}

/** Returns whether a command took more than 1.15 times the minimum. Only an idle machine can measure this. */
export function isTooSlow({ durationMs, boundMs }: Report): boolean {
  return durationMs > 1.15 * boundMs;
}
