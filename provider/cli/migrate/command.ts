import { Command } from "commander";
import { organizationType } from "../../registry.js";
import {
  filesAsJson,
  importStep,
  LOAD_PROGRAM,
  previewStep,
  printFiles,
  printSteps,
  type Step,
} from "../codegen/report.js";
import { requireNoFiles, writeFiles } from "../codegen/write.js";
import { withHelpText } from "../help.js";
import { parseResourceName } from "../resource-name.js";
import { readText } from "../read-text.js";
import type { ImportedResource } from "../codegen/imported-resource.js";
import type { Terminal } from "../terminal.js";
import { UsageError, CommandError } from "../errors.js";
import type { OldState } from "./old-state.js";
import { readState } from "./read-state.js";
import { removedBlock } from "./terraform-state.js";

interface Options {
  readonly from: string;
  readonly name?: string;
  readonly out: string;
  readonly force?: true;
  readonly json?: true;
}

export function migrateCommand(terminal: Terminal, exit: (code: number) => void): Command {
  const command = new Command("migrate")
    .description(
      "Generate a program and an import file from the state of @pulumi/cloudflare, Terraform or OpenTofu",
    )
    .requiredOption("--from <file>", 'State of the other tool, "-" for standard input')
    .option("--name <name>", "Name of the resource (default: the old name)")
    .option(
      "--out <directory>",
      "Directory of the Pulumi project, where the files are written",
      ".",
    )
    .option("--force", "Replace existing files")
    .option("--json", "Print the result as JSON")
    .action(async (options: Options) => exit(await run(options, terminal)));
  return withHelpText(command, terminal, HELP);
}

const HELP = {
  paragraphs: [
    "Reads the output of `pulumi stack export`, `terraform show -json` or `tofu show -json`. Writes zero-trust.ts, a program that declares the same settings, and zero-trust.import.json, which imports the resources into a stack. Then prints the next steps. Never sends a request to Cloudflare, and never changes the old state.",
    "Supported resource types: ZeroTrustOrganization, ZeroTrustAccessOrganization and AccessOrganization of @pulumi/cloudflare; cloudflare_zero_trust_organization, cloudflare_zero_trust_access_organization and cloudflare_access_organization of Terraform and OpenTofu.",
    "Exit codes: 0 success, 1 failure, 2 usage error.",
  ],
  examples: [
    "pulumi stack export --file state.json && pulumi-cloudflare-zero-trust migrate --from state.json",
    "pulumi stack export | pulumi-cloudflare-zero-trust migrate --from -",
    "terraform show -json | pulumi-cloudflare-zero-trust migrate --from - --name widget --out infra",
    "tofu show -json | pulumi-cloudflare-zero-trust migrate --from -",
  ],
};

async function run(options: Options, terminal: Terminal): Promise<number> {
  const { from, out, name } = options;
  const force = options.force === true;
  const state = readState(from === "-" ? "Standard input" : from, await readText(from));
  const resources = resourcesOf(state, name === undefined ? undefined : parseResourceName(name));
  if (!force) await requireNoFiles(out);
  await writeFiles(out, resources, force);
  if (options.json === true) {
    const forget = state.organizations.map((organization) => organization.forget);
    terminal.print(JSON.stringify({ ...filesAsJson(out, resources), forget }, undefined, 2));
  } else {
    printFiles(terminal, out, resources);
    printSteps(terminal, [LOAD_PROGRAM, importStep(out), previewStep(out), ...forgetSteps(state)]);
  }
  return 0;
}

function resourcesOf({ organizations }: OldState, name: string | undefined): ImportedResource[] {
  if (name !== undefined && organizations.length > 1)
    throw new UsageError(
      `--name names one resource, but the state has ${organizations.length} organizations. Leave out --name to keep their names.`,
    );
  const names = organizations.map((organization) => organization.name);
  const duplicate = names.find((one, index) => names.indexOf(one) < index);
  if (duplicate !== undefined)
    throw new CommandError(
      `The state has several organizations with the name "${duplicate}", but Pulumi requires unique names. Migrate them one by one, each from a state of its own.`,
    );
  return organizations.map(({ name: oldName, scope, declared, computed }) => ({
    type: organizationType,
    name: name ?? oldName,
    scope,
    ...declared,
    computed,
  }));
}

/** The old state is changed last, so that a failed import leaves everything as it was. */
function forgetSteps({ tool, organizations }: OldState): Step[] {
  const forget = organizations.map((organization) => organization.forget);
  const resources = organizations.length > 1 ? "resources" : "resource";
  if (tool === "pulumi")
    return [
      {
        what: `In the directory of the old project, remove the old ${resources} from the state, which sends no request to Cloudflare:`,
        lines: forget,
      },
      { what: `Remove the old ${resources} from the program before the next \`pulumi up\`.` },
    ];
  const title = tool === "tofu" ? "OpenTofu" : "Terraform";
  const since = tool === "tofu" ? "1.10" : "1.7";
  return [
    {
      what: `In ${title}'s directory, remove the old ${resources} from the configuration and the state, which sends no request to Cloudflare:`,
      lines: forget,
      alternative: {
        what: `Or replace the old ${resources} in the configuration and run \`${tool} apply\` (${title} ${since} or later):`,
        lines: [...new Set(organizations.map(({ address }) => address))].flatMap(removedBlock),
      },
    },
  ];
}
