import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import execa from "execa";
import pc from "picocolors";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly repository?: unknown;
}

/** A requirement of a release; `missing` says what to do if it is not met. */
interface Requirement {
  readonly name: string;
  readonly missing: string | undefined;
}

/** `npm run release:check`: shows what would be published, and what blocks the release. */
async function main(): Promise<number> {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
  await show("npm", "pack", "--dry-run");
  const isValid = await show("npm", "run", "--silent", "lint:package");
  const requirements = [
    { name: "publint and are-the-types-wrong", missing: isValid ? undefined : "see above" },
    ...requirementsOf(manifest),
  ];
  process.stdout.write(`\n${manifest.name} ${manifest.version}\n`);
  for (const { name, missing } of requirements)
    process.stdout.write(
      missing === undefined ? `${pc.green("✓")} ${name}\n` : `${pc.red("✗")} ${name}: ${missing}\n`,
    );
  return requirements.some(({ missing }) => missing !== undefined) ? 1 : 0;
}

function requirementsOf({ version, repository }: Manifest): Requirement[] {
  const changelog = readFileSync("CHANGELOG.md", "utf8");
  const pending = readdirSync(".changeset").filter(
    (file) => file.endsWith(".md") && file !== "README.md",
  );
  const inWorkflow = process.env.GITHUB_ACTIONS === "true";
  const state = path.join("test/engine/states", `${version}.json`);
  return [
    {
      name: "the changelog contains this version",
      missing: changelog.includes(`## ${version}\n`) ? undefined : "run npm run release:version",
    },
    {
      name: "no changeset is pending",
      missing:
        pending.length === 0 ? undefined : `run npm run release:version for ${pending.join(", ")}`,
    },
    {
      name: "a state of this version is recorded",
      missing: existsSync(state) ? undefined : "run npm run record-state",
    },
    {
      name:
        repository === undefined && !inWorkflow
          ? "the release workflow names the repository"
          : "package.json names the repository",
      missing: repository === undefined && inWorkflow ? "npm's provenance requires it" : undefined,
    },
  ];
}

/** Runs a command with visible output, and returns whether it succeeded. */
async function show(command: string, ...args: string[]): Promise<boolean> {
  const { exitCode } = await execa(command, args, { stdio: "inherit", reject: false });
  return exitCode === 0;
}

void main().then((exitCode) => (process.exitCode = exitCode));
