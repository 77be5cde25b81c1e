import { inputsOf, type ImportedResource } from "./imported-resource.js";
import { objectLiteral, stringLiteral } from "./literal.js";

/** Returns a formatted program that declares the resources. */
export function programOf(resources: readonly ImportedResource[]): string {
  const statements = resources.map(
    (resource) =>
      `new zerotrust.${resource.type.name}(${stringLiteral(resource.name)}, ${objectLiteral(inputsOf(resource))});`,
  );
  return `${['import * as zerotrust from "pulumi-cloudflare-zero-trust";', ...statements].join("\n\n")}\n`;
}
