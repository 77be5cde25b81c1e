import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import {
  answerOf,
  bodyOf,
  operationFor,
  pathParameters,
  securitySchemes,
  successOf,
  type Operation,
  type Schema,
} from "./contract.js";
import type { Exchange } from "./recorder.js";

/** One place where a request or an answer is not what the contract says. */
export interface Violation {
  readonly operation: string;
  /** "request/login_design", "answer/errors/*\/code": indices of lists are stars. */
  readonly at: string;
  /** The keyword of the schema that is broken, or `unknown` for a key that is in no schema. */
  readonly rule: string;
  readonly value: unknown;
}

/** What the contract forbids by listing properties, though it says nothing of additional ones. */
export function closed(schema: Schema): Schema {
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

/** What is wrong with a value by a schema; `at` goes before the pointers into it. */
export function faults(schema: Schema, value: unknown, at: string): Omit<Violation, "operation">[] {
  const validate = validatorOf(schema);
  return validate(value) ? [] : (validate.errors ?? []).map((error) => faultOf(error, at));
}

function faultOf(error: ErrorObject, at: string): Omit<Violation, "operation"> {
  const pointer = error.instancePath.replace(/\/\d+(?=\/|$)/g, "/*");
  if (error.keyword === "additionalProperties") {
    const { additionalProperty: key } = error.params as { additionalProperty: string };
    const object = error.data as Record<string, unknown>;
    return { at: `${at}${pointer}/${key}`, rule: "unknown", value: object[key] };
  }
  return { at: `${at}${pointer}`, rule: error.keyword, value: error.data };
}

/** Everything in an exchange that is not as the contract says. */
export function violations(exchange: Exchange): Violation[] {
  const { verb, path } = exchange;
  const operation = operationFor(verb, path);
  if (operation === undefined)
    return [{ operation: `${verb} ${path}`, at: "request", rule: "operation", value: undefined }];
  return [
    ...(exchange.isOurs ? requestFaults(operation, exchange) : []),
    ...answerFaults(operation, exchange),
  ].map((fault) => ({ operation: operation.name, ...fault }));
}

function requestFaults(operation: Operation, exchange: Exchange): Omit<Violation, "operation">[] {
  const { body, headers } = exchange;
  const schema = bodyOf(operation);
  const type = headers["content-type"];
  return [
    ...parameterFaults(operation, exchange),
    ...(operation.security.some((schemes) => isAuthorized(Object.keys(schemes), headers))
      ? []
      : [{ at: "request", rule: "security", value: undefined }]),
    ...(schema === undefined || body === undefined ? [] : faults(schema, body, "request")),
    ...((schema === undefined) === (body === undefined)
      ? []
      : [{ at: "request", rule: "body", value: body }]),
    ...(body === undefined || type === "application/json"
      ? []
      : [{ at: "request", rule: "media type", value: type }]),
  ];
}

function parameterFaults(operation: Operation, exchange: Exchange) {
  const given = {
    path: pathParameters(operation, exchange.path) ?? {},
    query: exchange.query,
  };
  const known = operation.parameters.filter((parameter) => parameter.in === "query");
  const unknown = Object.keys(exchange.query).filter(
    (name) => !known.some((parameter) => parameter.name === name),
  );
  return [
    ...unknown.map((name) => ({
      at: `request?${name}`,
      rule: "unknown",
      value: exchange.query[name],
    })),
    ...operation.parameters.flatMap((parameter) => {
      const text = given[parameter.in][parameter.name];
      const at = `request?${parameter.name}`;
      if (text === undefined)
        return parameter.required ? [{ at, rule: "required", value: undefined }] : [];
      return faults(parameter.schema, fromText(parameter.schema, text), at);
    }),
  ];
}

function fromText({ type }: Schema, text: string): unknown {
  return type === "boolean" && /^(?:true|false)$/.test(text) ? text === "true" : text;
}

/** Exactly the headers of one of the ways that an operation lists, and none of another. */
function isAuthorized(schemes: readonly string[], headers: Exchange["headers"]): boolean {
  return Object.entries(securitySchemes).every(([name, { type, name: header = "" }]) => {
    const isThere =
      type === "http"
        ? (headers.authorization?.startsWith("Bearer ") ?? false)
        : headers[header.toLowerCase()] !== undefined;
    return isThere === schemes.includes(name);
  });
}

function answerFaults(operation: Operation, exchange: Exchange): Omit<Violation, "operation">[] {
  const { status, answer, contentType } = exchange;
  const schema = answerOf(operation, status);
  const isSuccess = status >= 200 && status < 300;
  return [
    ...(schema === undefined ? [{ at: "answer", rule: "status", value: status }] : []),
    ...(schema !== undefined || isSuccess
      ? faults(schema ?? successOf(operation), answer, "answer")
      : []),
    ...(contentType === "application/json"
      ? []
      : [{ at: "answer", rule: "media type", value: contentType }]),
  ];
}
