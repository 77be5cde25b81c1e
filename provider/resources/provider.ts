import * as pulumi from "@pulumi/pulumi";

/** Credentials and limits of a `Provider`. Give an API token, or the global API key with its email. */
export interface ProviderArgs {
  /** An API token. Kept as a secret in Pulumi's state. */
  apiToken?: pulumi.Input<string> | undefined;
  /** The global API key. Kept as a secret in Pulumi's state. */
  apiKey?: pulumi.Input<string> | undefined;
  /** The email that belongs to the global API key. */
  email?: pulumi.Input<string> | undefined;
  /** Another base URL, ending in `/client/v4`: https, or http on a loopback address. */
  baseUrl?: pulumi.Input<string> | undefined;
  /**
   * Wire names that are left out of every request: `new_setting`, or `login_design.new_member`. The way out where the API refuses a key that it
   * answered itself and that this release does not know.
   */
  neverSend?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** How often a failed request is repeated at most. Default 10. */
  retries?: pulumi.Input<number> | undefined;
  /** The first wait before a repetition, in seconds; each further one doubles. Default 0.5. */
  minBackoff?: pulumi.Input<number> | undefined;
  /** The longest wait between repetitions, in seconds. Default 30. */
  maxBackoff?: pulumi.Input<number> | undefined;
  /** How long network errors and 5xx are borne in all, in seconds, for one request. Default 60. */
  maxRetryTime?: pulumi.Input<number> | undefined;
  /** How long one request waits in all where Cloudflare's rate limit is reached, in seconds. Default 600. */
  maxRateLimitTime?: pulumi.Input<number> | undefined;
}

/** The arguments in the form in which the plugin process reads them. */
export type ProviderConfig = Readonly<Record<string, pulumi.Output<string>>>;

/** Every option, and whether it is a secret in state whatever it is in the program. */
const IS_SECRET = {
  apiToken: true,
  apiKey: true,
  email: false,
  baseUrl: false,
  neverSend: false,
  retries: false,
  minBackoff: false,
  maxBackoff: false,
  maxRetryTime: false,
  maxRateLimitTime: false,
} as const satisfies Record<keyof ProviderArgs, boolean>;
const CREDENTIALS: readonly (keyof ProviderArgs)[] = ["apiToken", "apiKey", "email"];
const NAMES = Object.keys(IS_SECRET) as (keyof ProviderArgs)[];

/**
 * One set of credentials, for programs that hold several: pass it as `opts.provider` to resources
 * and as `provider` to functions. Each has a plugin process of its own. Changing its arguments
 * replaces nothing.
 *
 * What is not given is looked up in the environment and then in the configuration of the stack. A
 * credential that is given and turns out to be empty is an error: another one would be used for it.
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, options?: pulumi.ResourceOptions) {
    const own = ownConfig(name, args);
    const config = { ...stackConfig("cloudflare"), ...inPlaceOfOwn(own), ...own };
    super("pulumi-nodejs", name, config, options);
    configs.set(this, config);
  }
}

const configs = new WeakMap<Provider, ProviderConfig>();

/** What a provider was given, for the functions of this package, which run in the program. */
export function configOf(provider: Provider): ProviderConfig {
  return configs.get(provider) ?? {};
}

/** The engine checks nothing of a dynamic provider's arguments, so they are checked here. */
function ownConfig(provider: string, args: ProviderArgs): ProviderConfig {
  const known: readonly string[] = NAMES;
  const fail = (reason: string) => {
    throw new Error(`Provider "${provider}": ${reason}`);
  };
  for (const name of Object.keys(args))
    if (!known.includes(name)) fail(`${name} is no argument; there are ${known.join(", ")}.`);
  for (const name of CREDENTIALS)
    if (Object.hasOwn(args, name) && isMissing(args[name]))
      fail(
        `${name} has no value, so that another credential would be used for it. Give its value, or leave ${name} out to use the credentials of the environment or of the stack's configuration.`,
      );
  if (args.apiToken !== undefined && (args.apiKey !== undefined || args.email !== undefined))
    fail("give an apiToken, or an apiKey with its email, but not both.");
  if ((args.apiKey === undefined) !== (args.email === undefined))
    fail("apiKey and email belong together: give both, or an apiToken in their place.");

  const stated = NAMES.filter((name) => args[name] !== undefined);
  return Object.fromEntries(
    stated.map((name) => {
      const text = pulumi.output(args[name]).apply((value) => textOf(name, value));
      return [`zerotrust:${name}`, IS_SECRET[name] ? pulumi.secret(text) : text];
    }),
  );

  function textOf(name: keyof ProviderArgs, value: unknown): string {
    // Handed over all the same: what uses it fails, and only that.
    if (CREDENTIALS.includes(name) && isMissing(value)) return "";
    const items: unknown[] = Array.isArray(value) ? value : [value];
    if (items.every((item) => typeof item === "string" || typeof item === "number"))
      return items.join(",");
    throw new Error(`Provider "${provider}": ${name} must be text or a number.`);
  }
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/**
 * What the stack's configuration holds under the keys of a Provider's own arguments: it counts where
 * an argument is not given, as it does without a Provider. Credentials are taken as a set.
 */
function inPlaceOfOwn(own: ProviderConfig): ProviderConfig {
  const config = stackConfig("zerotrust");
  const credentials = CREDENTIALS.map((name) => `zerotrust:${name}`);
  if (!credentials.some((key) => key in own)) return config;
  return Object.fromEntries(Object.entries(config).filter(([key]) => !credentials.includes(key)));
}

/**
 * A process of its own does not see the stack's configuration, so that is handed over. All of it as
 * secrets: any of it may be one there, which the SDK does not tell.
 */
function stackConfig(namespace: "cloudflare" | "zerotrust"): ProviderConfig {
  const config = new pulumi.Config(namespace);
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = config.getSecret(name);
      return value === undefined ? [] : [[`${namespace}:${name}`, value]];
    }),
  );
}
