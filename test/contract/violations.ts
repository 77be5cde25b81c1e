import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import {
  responseSchema,
  bodySchema,
  operationFor,
  securitySchemes,
  successSchema,
  type Operation,
  type Schema,
} from "./contract.js";
import type { Exchange } from "./recording-proxy.js";

/** A path in a request or response that violates the contract. */
export interface Violation {
  readonly operation: string;
  /** "request/login_design", "response/errors/*\/code": indices of lists are asterisks. */
  readonly at: string;
  /** The violated keyword of the schema, or `unknown` for a field that is not in the schema. */
  readonly rule: string;
  readonly value: unknown;
}

type Fault = Omit<Violation, "operation">;

/** Returns a schema that forbids additional properties, about which the contract says nothing. */
function closed(schema: Schema): Schema {
  const { properties, items } = schema;
  return {
    ...schema,
    ...(items === undefined ? {} : { items: closed(items) }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, property]) => [name, closed(property)]),
          ),
          additionalProperties: false,
        }),
  };
}

const ajv = new Ajv({ allErrors: true, verbose: true, strict: true });
ajv.addKeyword("example");
addFormats(ajv);

const validators = new Map<Schema, ValidateFunction>();

function validatorOf(schema: Schema): ValidateFunction {
  const validator = validators.get(schema) ?? ajv.compile(closed(schema));
  validators.set(schema, validator);
  return validator;
}

/** Returns the violations of a schema by a value. Their paths begin with `at`. */
export function schemaViolations(schema: Schema, value: unknown, at: string): Fault[] {
  const validate = validatorOf(schema);
  return validate(value) ? [] : (validate.errors ?? []).map((error) => violationOf(error, at));
}

function violationOf(error: ErrorObject, at: string): Fault {
  const pointer = error.instancePath.replace(/\/\d+(?=\/|$)/g, "/*");
  if (error.keyword === "additionalProperties") {
    const { additionalProperty: key } = error.params as { additionalProperty: string };
    const object = error.data as Record<string, unknown>;
    return { at: `${at}${pointer}/${key}`, rule: "unknown", value: object[key] };
  }
  return { at: `${at}${pointer}`, rule: error.keyword, value: error.data };
}

/** Returns every violation of the contract in an exchange. */
export function violations(exchange: Exchange): Violation[] {
  const { verb, path } = exchange;
  const operation = operationFor(verb, path);
  if (operation === undefined)
    return [{ operation: `${verb} ${path}`, at: "request", rule: "operation", value: undefined }];
  return [
    ...(exchange.isFromProvider ? requestViolations(operation, exchange) : []),
    ...responseViolations(operation, exchange),
  ].map((fault) => ({ operation: operation.name, ...fault }));
}

function requestViolations(operation: Operation, exchange: Exchange): Fault[] {
  const { body, headers } = exchange;
  const schema = bodySchema(operation);
  const type = headers["content-type"];
  return [
    ...queryViolations(operation, exchange),
    ...(operation.security.some((schemes) => isAuthorized(Object.keys(schemes), headers))
      ? []
      : [{ at: "request", rule: "security", value: undefined }]),
    ...(schema === undefined || body === undefined
      ? []
      : schemaViolations(schema, body, "request")),
    ...((schema === undefined) === (body === undefined)
      ? []
      : [{ at: "request", rule: "body", value: body }]),
    ...(body === undefined || type === "application/json"
      ? []
      : [{ at: "request", rule: "media type", value: type }]),
  ];
}

function queryViolations({ parameters }: Operation, { query }: Exchange): Fault[] {
  return Object.entries(query).flatMap(([name, text]) => {
    const parameter = parameters.find((one) => one.in === "query" && one.name === name);
    const at = `request?${name}`;
    if (parameter === undefined) return [{ at, rule: "unknown", value: text }];
    return schemaViolations(parameter.schema, fromText(parameter.schema, text), at);
  });
}

function fromText({ type }: Schema, text: string): unknown {
  return type === "boolean" && /^(?:true|false)$/.test(text) ? text === "true" : text;
}

/** Whether a request has exactly the headers of some security schemes. */
function isAuthorized(schemes: readonly string[], headers: Exchange["headers"]): boolean {
  return Object.entries(securitySchemes).every(([name, { type, name: header = "" }]) => {
    const isPresent =
      type === "http"
        ? (headers.authorization?.startsWith("Bearer ") ?? false)
        : headers[header.toLowerCase()] !== undefined;
    return isPresent === schemes.includes(name);
  });
}

function responseViolations(operation: Operation, exchange: Exchange): Fault[] {
  const { status, response, contentType } = exchange;
  const schema = responseSchema(operation, status);
  const isSuccess = status >= 200 && status < 300;
  return [
    ...(schema === undefined ? [{ at: "response", rule: "status", value: status }] : []),
    ...(schema !== undefined || isSuccess
      ? schemaViolations(schema ?? successSchema(operation), response, "response")
      : []),
    ...(contentType === "application/json"
      ? []
      : [{ at: "response", rule: "media type", value: contentType }]),
  ];
}
