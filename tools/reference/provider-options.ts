import { credentialSources } from "../../provider/cloudflare/credential-chain.js";
import type { CredentialSource } from "../../provider/cloudflare/credentials.js";
import type { Member } from "./declarations.js";
import { table } from "./table.js";

/** What `@pulumi/cloudflare` reads in its namespace. It refuses a stack that has other keys there. */
const SHARED = ["apiToken", "apiKey", "email", "baseUrl"];

/** The options of a `Provider`, each with where else it is looked for. */
export function providerOptions(options: readonly Member[]): string {
  const [own, environment, shared] = sourcesByName();
  return table(
    ["option", "type", "in the environment", "in the stack's configuration", "what it is"],
    options.map(({ name, type, comment }) => [
      `\`${name}\``,
      type,
      code(lookUp(environment, name)),
      code(lookUp(SHARED.includes(name) ? shared : own, name)),
      comment,
    ]),
  );
}

/** The sources of credentials where each variable and each key holds its own name. */
function sourcesByName(): CredentialSource[] {
  const env = new Proxy({}, { get: (_, name) => String(name) });
  return credentialSources((key) => key, env);
}

function lookUp(source: CredentialSource | undefined, option: string): string {
  const limits: Readonly<Record<string, string | undefined>> = source?.limits ?? {};
  const found = Object.entries({ ...source, ...limits }).find(([name]) => name === option)?.[1];
  if (typeof found === "string") return found;
  throw new Error(`The option ${option} of Provider is looked for nowhere else.`);
}

function code(text: string): string {
  return `\`${text}\``;
}
