import { readdirSync, readFileSync } from "node:fs";

/** The most memory that each process had at any time, in kilobytes. */
export interface PeakMemory {
  readonly plugin?: number;
  readonly program?: number;
}

type Role = keyof PeakMemory;

/** What the command lines of the two processes hold. */
const SCRIPTS: Readonly<Record<Role, string>> = {
  plugin: "cmd/dynamic-provider",
  program: "cmd/run",
};

/** Rarely enough to cost nothing; the kernel itself keeps the peak between two looks. */
const INTERVAL_MS = 200;

/** Watches the Node processes below a CLI. Only Linux tells; elsewhere the result is empty. */
export function watchPeakMemory(cli: number | undefined): () => PeakMemory {
  if (process.platform !== "linux" || cli === undefined) return () => ({});
  const pids = new Map<Role, string>();
  const peaks = new Map<Role, number>();
  const timer = setInterval(() => {
    if (pids.size < 2) for (const [role, pid] of rolesBelow(cli)) pids.set(role, pid);
    for (const [role, pid] of pids) peaks.set(role, peakOf(pid) ?? peaks.get(role) ?? 0);
  }, INTERVAL_MS);
  return () => {
    clearInterval(timer);
    return Object.fromEntries(peaks);
  };
}

/** The high-water mark of a process; undefined where it has ended. */
function peakOf(pid: string): number | undefined {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`)) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes);
}

function rolesBelow(ancestor: number): Map<Role, string> {
  const parents = new Map(processes().map((pid) => [pid, parentOf(pid)]));
  const isBelow = (pid: string | undefined): boolean =>
    pid !== undefined && (pid === String(ancestor) || isBelow(parents.get(pid)));

  const found = new Map<Role, string>();
  for (const pid of parents.keys()) {
    if (!isBelow(pid)) continue;
    const [executable = "", ...rest] = read(`/proc/${pid}/cmdline`).split("\0");
    // The plugin's shell names the script too, as text to be run.
    if (!/(^|\/)node$/.test(executable)) continue;
    for (const [role, script] of Object.entries(SCRIPTS) as [Role, string][])
      if (rest[0]?.includes(script)) found.set(role, pid);
  }
  return found;
}

function processes(): string[] {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
}

/** The fourth field; the second, in parentheses, may hold anything. */
function parentOf(pid: string): string | undefined {
  return read(`/proc/${pid}/stat`).replace(/^.*\)/s, "").trim().split(" ")[1];
}

/** Empty where the process has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
