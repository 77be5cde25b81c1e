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
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components: { readonly securitySchemes: Readonly<Record<string, SecurityScheme>> };
}

/** A method on a path of the contract. */
export interface Operation extends RawOperation {
  /** "PUT /accounts/{account_id}/access/organizations": the name in messages and in the overlay. */
  readonly name: string;
  readonly verb: string;
  readonly path: string;
}

/** The paths of the organization of an account and of a zone. */
export const ACCOUNT_ORGANIZATION = "/accounts/{account_id}/access/organizations";
export const ZONE_ORGANIZATION = "/zones/{zone_id}/access/organizations";

const contract = JSON.parse(
  readFileSync(join(__dirname, "openapi-access-organizations.json"), "utf8"),
) as Contract;

export const securitySchemes = contract.components.securitySchemes;

export const operations: readonly Operation[] = Object.entries(contract.paths).flatMap(
  ([path, verbs]) =>
    Object.entries(verbs).map(([method, operation]) => {
      const verb = method.toUpperCase();
      return { ...operation, verb, path, name: `${verb} ${path}` };
    }),
);

/** Returns the operation with a name such as "PUT /zones/{zone_id}/access/organizations". */
export function operation(name: string): Operation {
  const found = operations.find((one) => one.name === name);
  if (found === undefined) throw new Error(`The contract has no ${name}.`);
  return found;
}

/** Returns the operation of a request. */
export function operationFor(verb: string, path: string): Operation | undefined {
  return operations.find((one) => {
    const template = new RegExp(`^${one.path.replace(/\{.*\}/, "[^/]+")}$`);
    return one.verb === verb && template.test(path);
  });
}

/** Returns the schema of an operation's request body. */
export function bodySchema({ requestBody }: Operation): Schema | undefined {
  return requestBody?.content["application/json"].schema;
}

/** Returns the schema of the response with a status, or with its range. */
export function responseSchema({ responses }: Operation, status: number): Schema | undefined {
  const response = responses[String(status)] ?? responses[`${String(status).charAt(0)}XX`];
  return response?.content["application/json"].schema;
}

/** Returns the schema of the response of a successful operation. */
export function successSchema(operation: Operation): Schema {
  const schema = responseSchema(operation, 200) ?? responseSchema(operation, 201);
  if (schema === undefined) throw new Error(`The contract has no success of ${operation.name}.`);
  return schema;
}

/** Returns the properties of an object's schema. */
export function propertiesOf(schema: Schema | undefined): Readonly<Record<string, Schema>> {
  return schema?.properties ?? {};
}

/** Returns the fields that the body of an operation accepts. */
export function requestFields(name: string): string[] {
  return Object.keys(propertiesOf(bodySchema(operation(name)))).sort();
}

/** Returns the fields in the `result` of an operation. */
export function resultFields(name: string): string[] {
  return Object.keys(propertiesOf(propertiesOf(successSchema(operation(name))).result)).sort();
}
