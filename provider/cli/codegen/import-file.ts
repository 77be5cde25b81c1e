import { formatScope } from "../../cloudflare/scope.js";
import { providerSource } from "../../schema/state-contract.js";
import { escapeInvisible } from "../../schema/format-value.js";
import { inputsOf, type ImportedResource } from "./imported-resource.js";

/**
 * Returns the text of a file for `pulumi import --file`. With inputs and outputs in the file, the
 * engine does not read the resources, which a dynamic provider does not support during an import.
 */
export function importFileOf(resources: readonly ImportedResource[]): string {
  const entries = resources.map((resource) => {
    const { type, name, scope, computed } = resource;
    const inputs = inputsOf(resource);
    const __provider = providerSource(type.provider);
    return {
      type: type.token,
      name,
      id: formatScope(scope),
      inputs: { ...inputs, __provider },
      outputs: { ...inputs, ...computed, __provider },
    };
  });
  // In JSON, only a string can contain an invisible character.
  const json = JSON.stringify({ resources: entries }, undefined, 2);
  return `${json.split("\n").map(escapeInvisible).join("\n")}\n`;
}
