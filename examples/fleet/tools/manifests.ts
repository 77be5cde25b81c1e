import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { comparable, readFleet, stacksOf } from "../fleet-file";

const USAGE = `Usage: npm run --silent manifests -- --repo <url> [--branch <name>] [--dir <folder>] [--every <seconds>] [--look-only]

Prints a Stack of the Pulumi Kubernetes Operator for each stack of accounts.yaml. The operator runs
each every hour, or as told: it refreshes and deploys, so that drift is healed. With --look-only it
previews in place of deploying, and changes nothing.`;

function main(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: {
      repo: { type: "string" },
      branch: { type: "string", default: "main" },
      dir: { type: "string", default: "." },
      every: { type: "string", default: "3600" },
      "look-only": { type: "boolean", default: false },
    },
  });
  const every = Number(values.every);
  // The operator takes no less than a minute.
  if (values.repo === undefined || !Number.isInteger(every) || every < 60) throw new Error(USAGE);

  const secret = (key: string) => ({ type: "Secret", secret: { name: "zero-trust-fleet", key } });
  for (const stack of stacksOf(readFleet()).keys())
    process.stdout.write(
      `---\n${stringify({
        apiVersion: "pulumi.com/v1",
        kind: "Stack",
        metadata: { name: `zero-trust-fleet-${comparable(stack)}` },
        spec: {
          serviceAccountName: "zero-trust-fleet",
          stack,
          projectRepo: values.repo,
          branch: values.branch,
          repoDir: values.dir,
          refresh: true,
          continueResyncOnCommitMatch: true, // else it runs once for each commit, and drift stays
          resyncFrequencySeconds: every,
          destroyOnFinalize: false,
          ...(values["look-only"] ? { preview: true } : {}),
          envRefs: {
            PULUMI_ACCESS_TOKEN: secret("pulumiAccessToken"),
            CLOUDFLARE_API_TOKEN: secret("cloudflareApiToken"),
          },
        },
      })}`,
    );
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
