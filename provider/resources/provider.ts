import * as pulumi from "@pulumi/pulumi";

/**
 * Credentials and limits of a `Provider`: an API token, or the global API key with its email, or neither.
 * An option that is left out has the value of the environment or of the stack's configuration.
 */
export interface ProviderArgs {
  /** The API token. A secret in Pulumi's state. Excludes `apiKey` and `email`. */
  apiToken?: pulumi.Input<string> | undefined;
  /** The global API key. A secret in Pulumi's state. Requires `email`. */
  apiKey?: pulumi.Input<string> | undefined;
  /** The email address that belongs to `apiKey`. */
  email?: pulumi.Input<string> | undefined;
  /**
   * The base URL of the API. It ends in `/client/v4`; plain http is accepted on loopback addresses only.
   * Default: `https://api.cloudflare.com/client/v4`.
   */
  baseUrl?: pulumi.Input<string> | undefined;
  /**
   * API names of fields that no request contains: `new_setting`, or `login_design.new_member`. Use it if
   * the API rejects a field that it returned itself and that this release does not know. Default: none.
   */
  neverSend?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** The maximum number of retries of a failed request. Default: 10. */
  retries?: pulumi.Input<number> | undefined;
  /** Seconds before the first retry. Each further backoff doubles. Default: 0.5. */
  minBackoff?: pulumi.Input<number> | undefined;
  /** The longest backoff between retries, in seconds. Default: 30. */
  maxBackoff?: pulumi.Input<number> | undefined;
  /** Total time to retry one request after network errors and 5xx responses, in seconds. Default: 60. */
  maxRetryTime?: pulumi.Input<number> | undefined;
  /** Total time that one request waits for Cloudflare's rate limit, in seconds. Default: 600. */
  maxRateLimitTime?: pulumi.Input<number> | undefined;
}

/** The configuration of a Provider as its plugin process reads it. */
export type ProviderConfig = Readonly<Record<string, pulumi.Output<string>>>;

/** Every option, and whether it is always a secret in state. */
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

/** Holds the configuration of a Provider. A registered symbol also identifies Providers of other copies of this package. */
const CONFIG = Symbol.for("pulumi-cloudflare-zero-trust/Provider");

/**
 * A set of credentials, for programs that use several. Pass it as the option `provider` of resources and
 * functions. Each Provider has a plugin process of its own. A change of its options replaces no resource.
 *
 * Credentials that are left out come from the environment, then from the stack's configuration. A
 * credential that is declared and empty is an error, because other credentials would be used instead.
 */
export class Provider extends pulumi.ProviderResource {
  /** @throws Error if an option is unknown, or if the credentials are empty, incomplete or contradict each other. */
  constructor(name: string, args: ProviderArgs = {}, options?: pulumi.ResourceOptions) {
    const own = ownConfig(name, args);
    const config = { ...stackConfig("cloudflare"), ...stackDefaults(own), ...own };
    super("pulumi-nodejs", name, config, options);
    Object.defineProperty(this, CONFIG, { value: config });
  }
}

/** Returns the configuration of a Provider of this package, or undefined for any other value. */
export function configOf(provider: unknown): ProviderConfig | undefined {
  return (provider as { readonly [CONFIG]?: ProviderConfig } | null | undefined)?.[CONFIG];
}

/** Validates the options here: the engine does not check the inputs of a dynamic provider. */
function ownConfig(provider: string, args: ProviderArgs): ProviderConfig {
  const known: readonly string[] = NAMES;
  const fail = (reason: string) => {
    throw new Error(`Provider "${provider}": ${reason}`);
  };
  for (const name of Object.keys(args))
    if (!known.includes(name)) fail(`unknown option ${name}. The options are ${known.join(", ")}.`);
  for (const name of CREDENTIALS)
    if (Object.hasOwn(args, name) && isMissing(args[name]))
      fail(
        `${name} is empty, so other credentials would be used instead. Pass a value, or remove ${name} to use the credentials of the environment or of the stack's configuration.`,
      );
  if (args.apiToken !== undefined && (args.apiKey !== undefined || args.email !== undefined))
    fail("apiToken excludes apiKey and email. Pass an apiToken, or an apiKey with its email.");
  if ((args.apiKey === undefined) !== (args.email === undefined))
    fail("apiKey and email belong together. Pass both, or an apiToken instead.");

  const declared = NAMES.filter((name) => args[name] !== undefined);
  return Object.fromEntries(
    declared.map((name) => {
      const text = pulumi.output(args[name]).apply((value) => textOf(name, value));
      return [`zerotrust:${name}`, IS_SECRET[name] ? pulumi.secret(text) : text];
    }),
  );

  function textOf(name: keyof ProviderArgs, value: unknown): string {
    // Passed on as it is: only the resources that use this Provider fail, with a message of their own.
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
 * Returns the stack's configuration under the keys of a Provider's own options. It is the default of each
 * option that is left out, as it is without a Provider. Credentials are taken as a set.
 */
function stackDefaults(own: ProviderConfig): ProviderConfig {
  const config = stackConfig("zerotrust");
  const credentials = CREDENTIALS.map((name) => `zerotrust:${name}`);
  if (!credentials.some((key) => key in own)) return config;
  return Object.fromEntries(Object.entries(config).filter(([key]) => !credentials.includes(key)));
}

/**
 * Returns the stack's configuration, which the plugin process of a Provider does not get. All values are
 * secrets, because the SDK does not tell which of them are.
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
