import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A schema as the contract writes it: OpenAPI 3.0, without references. */
export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly nullable?: boolean;
  readonly additionalProperties?: boolean;
  readonly example?: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Content {
  readonly content: { readonly "application/json": { readonly schema: Schema } };
}

interface RawOperation {
  readonly parameters: readonly Parameter[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Content>>;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
}

interface SecurityScheme {
  readonly type: "http" | "apiKey";
  readonly scheme?: string;
  readonly name?: string;
}

interface Contract {
  readonly "x-provenance": {
    readonly known_differences_from_the_live_api: readonly string[];
  };
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components: { readonly securitySchemes: Readonly<Record<string, SecurityScheme>> };
}

/** One verb on one path of the contract. */
export interface Operation extends RawOperation {
  /** "PUT /accounts/{account_id}/access/organizations": how messages and the overlay call it. */
  readonly name: string;
  readonly verb: string;
  readonly path: string;
}

/** Where the organization of an account and of a zone are. */
export const OF_ACCOUNT = "/accounts/{account_id}/access/organizations";
export const OF_ZONE = "/zones/{zone_id}/access/organizations";

const contract = JSON.parse(
  readFileSync(join(__dirname, "openapi-access-organizations.json"), "utf8"),
) as Contract;

/** How the API is known to differ from the contract, in the contract's own words. */
export const knownDifferences = contract["x-provenance"].known_differences_from_the_live_api;

export const securitySchemes = contract.components.securitySchemes;

export const operations: readonly Operation[] = Object.entries(contract.paths).flatMap(
  ([path, verbs]) =>
    Object.entries(verbs).map(([method, operation]) => {
      const verb = method.toUpperCase();
      return { ...operation, verb, path, name: `${verb} ${path}` };
    }),
);

/** The operation of a name such as "PUT /zones/{zone_id}/access/organizations". */
export function operation(name: string): Operation {
  const found = operations.find((one) => one.name === name);
  if (found === undefined) throw new Error(`The contract has no ${name}.`);
  return found;
}

/** The operation that a request is one of. */
export function operationFor(verb: string, path: string): Operation | undefined {
  return operations.find((one) => one.verb === verb && pathParameters(one, path) !== undefined);
}

/** The parameters in a path, by name; undefined where the path is another operation's. */
export function pathParameters(
  { path: template }: Operation,
  path: string,
): Readonly<Record<string, string>> | undefined {
  const wanted = template.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const parameters = new Map<string, string>();
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? "";
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name !== undefined) parameters.set(name, text);
    else if (part !== text) return undefined;
  }
  return Object.fromEntries(parameters);
}

/** The schema of an operation's request body. */
export function bodyOf({ requestBody }: Operation): Schema | undefined {
  return requestBody?.content["application/json"].schema;
}

/** The schema of the answer with a status, or with the range that it belongs to. */
export function answerOf({ responses }: Operation, status: number): Schema | undefined {
  const answer = responses[String(status)] ?? responses[`${String(status).charAt(0)}XX`];
  return answer?.content["application/json"].schema;
}

/** The schema of the answer of an operation that succeeded. */
export function successOf({ name, responses }: Operation): Schema {
  const [answer] =
    Object.entries(responses)
      .find(([status]) => status.startsWith("2"))
      ?.slice(1) ?? [];
  if (typeof answer !== "object") throw new Error(`The contract has no success of ${name}.`);
  return answer.content["application/json"].schema;
}

/** The properties of a schema that is an object's. */
export function propertiesOf(schema: Schema | undefined): Readonly<Record<string, Schema>> {
  return schema?.properties ?? {};
}

/** The properties that an operation's body takes. */
export function taken(name: string): string[] {
  return Object.keys(propertiesOf(bodyOf(operation(name)))).sort();
}

/** The properties that the `result` of an operation's answer has. */
export function answered(name: string): string[] {
  return Object.keys(propertiesOf(propertiesOf(successOf(operation(name))).result)).sort();
}
