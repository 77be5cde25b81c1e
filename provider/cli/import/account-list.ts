import { formatScope, parseScope, type Scope } from "../../cloudflare/scope.js";
import { invalidNameReason } from "../resource-name.js";
import { CommandError } from "../errors.js";

/** One account or zone to import, and the name of its resource where the list gives one. */
export interface ListedTarget {
  readonly target: Scope;
  readonly name?: string | undefined;
}

/**
 * Reads a list of accounts: one a line, an id and then, if wanted, the name of its resource, with
 * spaces or a comma between. `zones/<id>` stands for a zone; `#` begins a comment.
 *
 * @throws Trouble naming every line that is wrong.
 */
export function readAccountList(file: string, text: string): ListedTarget[] {
  const listed: ListedTarget[] = [];
  const problems: string[] = [];
  const lineOf = new Map<string, number>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const number = index + 1;
    const [, id, name] = /^([^\s,]+)(?:\s*,\s*|\s+|$)(.*)$/.exec(withoutComment(line)) ?? [];
    if (id === undefined) continue;
    const target = parseScope(id);
    if (target === undefined) {
      problems.push(`line ${number}: ${JSON.stringify(id)} is no account id (32 hex digits)`);
      continue;
    }
    for (const key of [formatScope(target).toLowerCase(), ...(name ? [`name ${name}`] : [])]) {
      const before = lineOf.get(key);
      if (before !== undefined) problems.push(`line ${number}: ${key} is on line ${before} too`);
      lineOf.set(key, before ?? number);
    }
    const fault = name ? invalidNameReason(name) : undefined;
    if (fault !== undefined) problems.push(`line ${number}: a name ${fault}`);
    listed.push({ target, name: name === "" ? undefined : name });
  }
  if (problems.length > 0)
    throw new CommandError([`${file} cannot be used:`, ...problems].join("\n  "));
  if (listed.length === 0) throw new CommandError(`${file} lists no account.`);
  return listed;
}

function withoutComment(line: string): string {
  return line.replace(/(^|\s)#.*$/, "").trim();
}
