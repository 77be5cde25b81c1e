import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Project } from "./project.js";

/** A stack of a project, and the account of its resources. */
export interface AccountStack {
  readonly stack: string;
  readonly account: string;
}

/**
 * Copies the configuration and the state of a deployed stack for other accounts. A deployment of each would take
 * seconds.
 */
export async function copyStack(
  { folder }: Project,
  original: AccountStack,
  copies: readonly AccountStack[],
): Promise<void> {
  const files = ({ stack }: AccountStack) => [
    path.join(folder, `Pulumi.${stack}.yaml`),
    path.join(folder, ".home/state/.pulumi/stacks/zero-trust-test", `${stack}.json`),
  ];
  const texts = await Promise.all(files(original).map((file) => readFile(file, "utf8")));
  for (const copy of copies)
    for (const [index, file] of files(copy).entries())
      await writeFile(file, rewritten(texts[index] ?? "", original, copy));
}

function rewritten(text: string, from: AccountStack, to: AccountStack): string {
  return text
    .replaceAll(from.account, to.account)
    .replaceAll(`urn:pulumi:${from.stack}::`, `urn:pulumi:${to.stack}::`)
    .replaceAll(
      `organization/zero-trust-test/${from.stack}`,
      `organization/zero-trust-test/${to.stack}`,
    )
    .replaceAll(`zero-trust-test-${from.stack}`, `zero-trust-test-${to.stack}`);
}
