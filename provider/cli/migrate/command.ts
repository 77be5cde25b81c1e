import { Command } from "commander";
import { organizationType } from "../../registry.js";
import {
  filesAsJson,
  importStep,
  LOAD_LINE,
  previewStep,
  printFiles,
  printSteps,
  type Step,
} from "../codegen/report.js";
import { settingsOfOldState } from "../codegen/declared-settings.js";
import { refuseToOverwrite, writeFiles } from "../codegen/write.js";
import { parseResourceName } from "../resource-name.js";
import { readText } from "../read-text.js";
import type { ImportedResource } from "../codegen/imported-resource.js";
import type { Terminal } from "../terminal.js";
import { UsageError, CommandError } from "../errors.js";
import type { OldOrganization, OldState } from "./old-state.js";
import { readState } from "./read-state.js";

interface Options {
  readonly from: string;
  readonly name?: string;
  readonly out: string;
  readonly force?: true;
  readonly json?: true;
}

export function migrateCommand(terminal: Terminal, exit: (code: number) => void): Command {
  return new Command("migrate")
    .description("write the same for what @pulumi/cloudflare or Terraform manages by now")
    .requiredOption("--from <file>", 'the old state; "-" reads standard input')
    .option("--name <name>", "what the resource is called (default: as before)")
    .option("--out <folder>", "the project's folder, where the two files go", ".")
    .option("--force", "replace the files where they are there already")
    .option("--json", "answer in JSON")
    .addHelpText("after", HELP)
    .action(async (options: Options) => exit(await run(options, terminal)));
}

const HELP = `
Reads what \`pulumi stack export\` or \`terraform show -json\` prints, and writes zero-trust.ts,
which states every setting that the old state states, and zero-trust.import.json, which tells
Pulumi that they exist. Nothing is read from Cloudflare, and nothing is written to it.

It knows ZeroTrustOrganization, ZeroTrustAccessOrganization and AccessOrganization of
@pulumi/cloudflare, and cloudflare_zero_trust_organization,
cloudflare_zero_trust_access_organization and cloudflare_access_organization of Terraform.

Exit code: 0 fine, 1 trouble, 2 wrong usage.

Examples:
  pulumi stack export --file state.json && pulumi-cloudflare-zero-trust migrate --from state.json
  pulumi stack export | pulumi-cloudflare-zero-trust migrate --from -
  terraform show -json | pulumi-cloudflare-zero-trust migrate --from - --name widget --out infra`;

async function run(options: Options, terminal: Terminal): Promise<number> {
  const { from, out, name } = options;
  const force = options.force === true;
  const state = readState(from === "-" ? "Standard input" : from, await readText(from));
  const resources = resourcesOf(state, name === undefined ? undefined : parseResourceName(name));
  if (!force) await refuseToOverwrite(out);
  await writeFiles(out, resources, force);
  const forget = state.organizations.map((organization) => organization.forget);
  if (options.json === true)
    terminal.print(JSON.stringify({ ...filesAsJson(out, resources), forget }, undefined, 2));
  else {
    printFiles(terminal, out, resources);
    printSteps(terminal, stepsAfter(state, forget, out));
  }
  return 0;
}

function resourcesOf({ organizations }: OldState, name: string | undefined): ImportedResource[] {
  if (name !== undefined && organizations.length > 1)
    throw new UsageError(
      `--name names one resource, and the state holds ${organizations.length} organizations: leave it out, and they keep their names.`,
    );
  const resources = organizations.map((organization) => resourceOf(organization, name));
  const twice = resources.find(
    (resource, index) => resources.findIndex((other) => other.name === resource.name) < index,
  );
  if (twice !== undefined)
    throw new CommandError(
      `The state holds several organizations called "${twice.name}", and Pulumi takes each name only once: move them one by one, each from a state of its own.`,
    );
  return resources;
}

function resourceOf(old: OldOrganization, name: string | undefined): ImportedResource {
  const { target, computed } = old;
  const { settings, leftOut } = settingsOfOldState(organizationType, target.kind, old.settings);
  return {
    kind: organizationType,
    name: name ?? old.name,
    target,
    settings,
    computed,
    leftOut: [...old.leftOut, ...leftOut],
  };
}

function stepsAfter({ tool }: OldState, forget: readonly string[], out: string): Step[] {
  const [theOld, them] = forget.length > 1 ? ["the old ones", "them"] : ["the old one", "it"];
  const steps: readonly [Step, Step] =
    tool === "pulumi"
      ? [
          { what: `Load the program in yours, in place of ${theOld}:`, lines: [LOAD_LINE] },
          { what: `Make Pulumi forget ${theOld}; nothing is destroyed:`, lines: forget },
        ]
      : [
          {
            what: `Make Terraform forget ${theOld}, then take ${them} out of its configuration; nothing is destroyed:`,
            lines: forget,
          },
          { what: "Load the program in yours, or make it your program:", lines: [LOAD_LINE] },
        ];
  return [...steps, importStep(out), previewStep(out)];
}
