import { isObject, type SettingValues } from "../../schema/values.js";
import { CommandError } from "../errors.js";
import type { OldState } from "./old-state.js";
import { isPulumiState, PULUMI_TYPES, readPulumiState } from "./pulumi-state.js";
import { isTerraformState, readTerraformState, TERRAFORM_TYPES } from "./terraform-state.js";

/**
 * Returns the organizations in the state of another tool.
 *
 * @param source The name of the file in messages.
 * @throws CommandError if the text is not a state, or has no organization.
 */
export function readState(source: string, text: string): OldState {
  const json = parse(source, text);
  if (isPulumiState(json)) {
    const { total, organizations } = readPulumiState(json);
    if (organizations.length === 0) throw noOrganization(source, total, PULUMI_TYPES);
    return { tool: "pulumi", organizations };
  }
  if (isTerraformState(json)) {
    const { total, tool, organizations } = readTerraformState(json);
    if (organizations.length === 0) throw noOrganization(source, total, TERRAFORM_TYPES);
    return { tool, organizations };
  }
  throw new CommandError(`${source} ${describe(json)}. ${EXPECTED}`);
}

const EXPECTED =
  "Use the output of `pulumi stack export`, `terraform show -json` or `tofu show -json`.";

function parse(source: string, text: string): SettingValues {
  if (text.trim() === "") throw new CommandError(`${source} is empty. ${EXPECTED}`);
  try {
    const json: unknown = JSON.parse(text);
    if (isObject(json)) return json;
  } catch {
    throw new CommandError(`${source} is not JSON. ${EXPECTED}`);
  }
  throw new CommandError(`${source} is not a state. ${EXPECTED}`);
}

/** Names files that users often have instead. */
function describe(json: SettingValues): string {
  if (Object.hasOwn(json, "planned_values")) return "is a Terraform plan, not a state";
  if (Object.hasOwn(json, "terraform_version"))
    return "is a raw Terraform state file, which is not supported";
  if (Object.hasOwn(json, "checkpoint"))
    return "is a raw Pulumi state file, which is not supported";
  return "is not a state";
}

function noOrganization(
  source: string,
  total: number,
  [type = "", ...older]: readonly string[],
): CommandError {
  return new CommandError(
    `${source} has no Zero Trust organization among its ${total === 1 ? "1 resource" : `${total} resources`}. Supported types: ${[type, ...older].join(", ")}.`,
  );
}
