import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { normalizedName, readFleet, stacksOf } from "../fleet-file";

const USAGE = `Usage: npm run --silent manifests -- --repo <url> [--branch <name>] [--dir <folder>] [--every <seconds>] [--preview-only]

Prints a Stack resource of the Pulumi Kubernetes Operator for each stack of accounts.yaml. The
operator refreshes and deploys each stack every hour (--every sets another interval), and so
remediates drift. With --preview-only it previews instead of deploying, and changes nothing.`;

function main(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: {
      repo: { type: "string" },
      branch: { type: "string", default: "main" },
      dir: { type: "string", default: "." },
      every: { type: "string", default: "3600" },
      "preview-only": { type: "boolean", default: false },
    },
  });
  const every = Number(values.every);
  // The operator's minimum is one minute.
  if (values.repo === undefined || !Number.isInteger(every) || every < 60) throw new Error(USAGE);

  const secret = (key: string) => ({ type: "Secret", secret: { name: "zero-trust-fleet", key } });
  for (const stack of stacksOf(readFleet()).keys())
    process.stdout.write(
      `---\n${stringify({
        apiVersion: "pulumi.com/v1",
        kind: "Stack",
        metadata: { name: `zero-trust-fleet-${normalizedName(stack)}` },
        spec: {
          serviceAccountName: "zero-trust-fleet",
          stack,
          projectRepo: values.repo,
          branch: values.branch,
          repoDir: values.dir,
          refresh: true,
          continueResyncOnCommitMatch: true, // otherwise it runs once for each commit, and drift remains
          resyncFrequencySeconds: every,
          destroyOnFinalize: false,
          ...(values["preview-only"] ? { preview: true } : {}),
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
