import { argumentsOf, type ImportedResource } from "./imported-resource.js";
import { objectLiteral, stringLiteral } from "./literal.js";

/** A program that states the resources: ready to run, formatted. */
export function programOf(resources: readonly ImportedResource[]): string {
  const statements = resources.map(
    (resource) =>
      `new zerotrust.${resource.kind.name}(${stringLiteral(resource.name)}, ${objectLiteral(argumentsOf(resource))});`,
  );
  return `${['import * as zerotrust from "pulumi-cloudflare-zero-trust";', ...statements].join("\n\n")}\n`;
}
