import { isObject, type SettingValues } from "../../schema/values.js";
import { CommandError } from "../errors.js";
import type { OldState } from "./old-state.js";
import { isPulumiState, PULUMI_TYPES, readPulumiState } from "./pulumi-state.js";
import { isTerraformState, readTerraformState, TERRAFORM_TYPES } from "./terraform-state.js";

/**
 * The organizations in another tool's state.
 *
 * @param file How messages call it.
 * @throws Trouble where it is no such state, or holds no organization.
 */
export function readState(file: string, text: string): OldState {
  const json = parse(file, text);
  if (isPulumiState(json)) {
    const { total, organizations } = readPulumiState(json);
    if (organizations.length === 0) throw nothingIn(file, total, PULUMI_TYPES);
    return { tool: "pulumi", organizations };
  }
  if (isTerraformState(json)) {
    const { total, organizations } = readTerraformState(json);
    if (organizations.length === 0) throw nothingIn(file, total, TERRAFORM_TYPES);
    return { tool: "terraform", organizations };
  }
  throw new CommandError(`${file} ${foreign(json)}: ${WANTED}`);
}

const WANTED = "give what `pulumi stack export` or `terraform show -json` prints.";

function parse(file: string, text: string): SettingValues {
  if (text.trim() === "") throw new CommandError(`${file} is empty: ${WANTED}`);
  try {
    const json: unknown = JSON.parse(text);
    if (isObject(json)) return json;
  } catch {
    throw new CommandError(`${file} is no JSON: ${WANTED}`);
  }
  throw new CommandError(`${file} is no state: ${WANTED}`);
}

/** What else people have at hand. */
function foreign(json: SettingValues): string {
  if (Object.hasOwn(json, "planned_values")) return "is a plan of Terraform, not its state";
  if (Object.hasOwn(json, "terraform_version"))
    return "is Terraform's state file as Terraform keeps it";
  if (Object.hasOwn(json, "checkpoint")) return "is Pulumi's state file as Pulumi keeps it";
  return "is no state that is known here";
}

function nothingIn(
  file: string,
  total: number,
  [type = "", ...older]: readonly string[],
): CommandError {
  const holds = total === 0 ? "nothing" : total === 1 ? "1 resource" : `${total} resources`;
  return new CommandError(
    `${file} holds ${holds}, and no Zero Trust organization (${type}, formerly ${older.join(" or ")}).`,
  );
}
