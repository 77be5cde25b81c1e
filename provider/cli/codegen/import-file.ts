import { formatScope } from "../../cloudflare/scope.js";
import { providerSource, typeToken } from "../../schema/state-contract.js";
import { argumentsOf, type ImportedResource } from "./imported-resource.js";

/**
 * What `pulumi import --file` takes. With the outputs there too, the engine reads nothing: a dynamic
 * provider could not tell it how.
 */
export function importFileOf(resources: readonly ImportedResource[]): string {
  const entries = resources.map((resource) => {
    const { kind, name, target, computed } = resource;
    const inputs = argumentsOf(resource);
    const __provider = providerSource(kind.provider);
    return {
      type: typeToken(kind.name),
      name,
      id: formatScope(target),
      inputs: { ...inputs, __provider },
      outputs: { ...inputs, ...computed, __provider },
    };
  });
  return `${JSON.stringify({ resources: entries }, undefined, 2)}\n`;
}
