import { describeScope, parseScope, type Scope } from "../../cloudflare/scope.js";
import { invalidNameReason } from "../resource-name.js";
import { CommandError } from "../errors.js";

/** An account or zone of the list, with the name of its resource if the list has one. */
export interface ListedScope {
  readonly scope: Scope;
  readonly name?: string | undefined;
}

/**
 * Parses a list of accounts. Each line has an id, and optionally a name after spaces or a comma.
 * `zones/<id>` is a zone, and `#` starts a comment.
 *
 * @throws CommandError that names every invalid line.
 */
export function parseAccountList(file: string, text: string): ListedScope[] {
  const listed: ListedScope[] = [];
  const problems: string[] = [];
  const firstLines = new Map<string, number>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const number = index + 1;
    const [, id, name] = /^([^\s,]+)(?:\s*,\s*|\s+|$)(.*)$/.exec(withoutComment(line)) ?? [];
    if (id === undefined) continue;
    const scope = parseScope(id);
    if (scope === undefined) {
      problems.push(
        `line ${number}: ${JSON.stringify(id)} is not an account id (32 hexadecimal digits)`,
      );
      continue;
    }
    for (const key of [
      describeScope(scope).toLowerCase(),
      ...(name ? [`the name ${JSON.stringify(name)}`] : []),
    ]) {
      const first = firstLines.get(key);
      if (first !== undefined) problems.push(`line ${number}: ${key} is already on line ${first}`);
      firstLines.set(key, first ?? number);
    }
    const reason = name ? invalidNameReason(name) : undefined;
    if (reason !== undefined) problems.push(`line ${number}: a resource name ${reason}`);
    listed.push({ scope, name: name === "" ? undefined : name });
  }
  if (problems.length > 0)
    throw new CommandError([`Invalid account list ${file}:`, ...problems].join("\n  "));
  if (listed.length === 0)
    throw new CommandError(`The account list ${file} is empty. Add one account id per line.`);
  return listed;
}

function withoutComment(line: string): string {
  return line.replace(/(^|\s)#.*$/, "").trim();
}
