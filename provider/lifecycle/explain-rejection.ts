import { CloudflareError } from "../cloudflare/cloudflare-error.js";
import { explained } from "../cloudflare/error.js";
import { settingByRequestName } from "../schema/codec.js";
import type { Definition } from "../schema/definition.js";
import type { ApiObject } from "../schema/values.js";

/** The code of a rejected organization; its chain usually names the field. */
const INVALID_CONFIG = 12062;

interface Rejected {
  readonly definition: Definition;
  readonly body: ApiObject;
  /** The API names of what the body repeated from the live object. */
  readonly unchanged: readonly string[];
}

/** Adds to a rejection that its cause may be a live value that the program does not declare, and what to do. */
export function explainRejection(
  error: unknown,
  { definition, body, unchanged }: Rejected,
): unknown {
  if (!CloudflareError.is(error) || !error.codes.includes(INVALID_CONFIG)) return error;
  const words = wordsOf(error);
  const isNamed = (name: string) => name.split(".").every((part) => words.has(part));
  // Any sentence may contain the word "name".
  const names = Object.keys(body).filter((key) => words.has(key) && key !== "name");
  const fields = unchanged.filter((name) => name !== "name" && isNamed(name));
  // The API's text may also mean a member of an object that has the same name as the field.
  const named = unchanged.filter((name) =>
    fields.some((field) => name === field || name.endsWith(`.${field}`)),
  );
  const isUnknown = (name: string) => {
    const [key = name, member] = name.split(".");
    const setting = settingByRequestName(definition, key);
    if (setting === undefined || member === undefined)
      return setting === undefined && member === undefined;
    return (
      "members" in setting &&
      !Object.values(setting.members).some(({ apiName }) => apiName === member)
    );
  };
  const suspects = names.length > 0 ? innermost(named) : unchanged.filter(isUnknown);
  if (suspects.length === 0) return error;
  const [values, them, which] =
    suspects.length === 1
      ? ["value", "it", ""]
      : ["values", "any of them", " (only the rejected names)"];
  return explained(
    error,
    `The program does not declare or change ${suspects.join(", ")}: the request repeated the live ${values}. If Cloudflare rejects ${them}, declare it, or leave it out of requests: set CLOUDFLARE_ZERO_TRUST_NEVER_SEND=${suspects.join(",")}${which}, or use zerotrust:neverSend of the stack configuration or neverSend of the Provider. Cloudflare may reset a field that a request leaves out.`,
  );
}

/** Without an object if one of its members is listed, too. */
function innermost(names: readonly string[]): string[] {
  return names.filter((name) => !names.some((other) => other.startsWith(`${name}.`)));
}

/** The words of the API's reasons. The names of fields are among them. */
function wordsOf({ failure }: CloudflareError): Set<string> {
  const texts = failure.errors.flatMap(({ chain }) => chain.map(({ text }) => text));
  return new Set(texts.flatMap((text) => text.split(/[^A-Za-z0-9_]+/)));
}
