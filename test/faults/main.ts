import { randomInt } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import type { Tally } from "./tally.js";

/** The tests that inject faults or generate bad inputs. */
const TESTS = ["test/faults", "test/engine/interruptions", "test/engine/secrets"];

/** Runs them, and prints how many faults, inputs and requests they used. */
async function main(): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), "zero-trust-faults-"));
  const file = path.join(directory, "tally");
  const seed = process.env.PROPERTY_SEED ?? String(randomInt(2 ** 31));
  process.stdout.write(`Bad inputs are generated with PROPERTY_SEED=${seed}.\n`);
  try {
    const { exitCode } = await execa("jest", TESTS, {
      env: { FAULTS_TALLY: file, PROPERTY_SEED: seed },
      preferLocal: true,
      stdio: "inherit",
      reject: false,
    });
    process.exitCode = exitCode;
    const { faults, badInputs, calls } = sum(await readFile(file, "utf8"));
    process.stdout.write(
      `${faults} faults injected, ${badInputs} bad inputs tried, ${calls} requests sent.\n`,
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function sum(lines: string): Required<Tally> {
  const total = { faults: 0, badInputs: 0, calls: 0 };
  for (const line of lines.split("\n").filter((text) => text !== "")) {
    const { faults = 0, badInputs = 0, calls = 0 } = JSON.parse(line) as Tally;
    total.faults += faults;
    total.badInputs += badInputs;
    total.calls += calls;
  }
  return total;
}

void main();
