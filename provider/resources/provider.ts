import * as pulumi from "@pulumi/pulumi";

/**
 * Credentials and limits of a `Provider`: an API token, or the global API key with its email, or neither.
 * An argument that is left out has the value of the environment or of the stack's configuration.
 */
export interface ProviderArgs {
  /** The API token. A secret in Pulumi's state. Conflicts with `apiKey` and `email`. */
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
   * the API rejects a field that it returned itself and that this release does not know. An empty list
   * overrides the environment and the stack's configuration. Default: none.
   */
  neverSend?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** The maximum number of retries of one operation, which is a read, or a read with its write. Default: 10. */
  retries?: pulumi.Input<number> | undefined;
  /** The longest backoff before the first retry, in seconds. It doubles with each retry; half of it is random. Default: 0.5. */
  minBackoff?: pulumi.Input<number> | undefined;
  /**
   * The longest backoff between two attempts, in seconds, at most 300. A `retry-after` of the API may be longer; one
   * above 300 seconds ends the retries. Default: 30.
   */
  maxBackoff?: pulumi.Input<number> | undefined;
  /**
   * The total time that one operation may spend on retried failures other than 429 responses, in seconds. Default: 60.
   */
  maxRetryTime?: pulumi.Input<number> | undefined;
  /**
   * The total time that one operation may wait after 429 responses, in seconds. Waiting for the rate limiter,
   * which keeps requests below Cloudflare's limit, does not count. Default: 600.
   */
  maxRateLimitTime?: pulumi.Input<number> | undefined;
}

/** The configuration of a Provider as its plugin process reads it. */
export type ProviderConfig = Readonly<Record<string, pulumi.Output<string>>>;

/** Every argument, and whether it is always a secret in state. */
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
 * functions. Each Provider has a plugin process of its own. A change of its arguments replaces no resource.
 *
 * If all credentials are left out, they come from the stack's configuration under `zerotrust:`, then from the
 * environment, then from the stack's configuration under `cloudflare:`. A credential that is declared and
 * empty is an error, because other credentials would be used instead.
 */
export class Provider extends pulumi.ProviderResource {
  /** @throws Error if an argument is unknown, or if the credentials are empty, incomplete or contradict each other. */
  constructor(name: string, args: ProviderArgs = {}, options?: pulumi.ResourceOptions) {
    const declared = declaredConfig(name, args);
    const config = { ...stackConfig("cloudflare"), ...stackDefaults(declared), ...declared };
    super("pulumi-nodejs", name, config, options);
    Object.defineProperty(this, CONFIG, { value: config });
  }
}

/** Returns the configuration of a Provider of this package, or undefined for any other value. */
export function configOf(provider: unknown): ProviderConfig | undefined {
  return (provider as { readonly [CONFIG]?: ProviderConfig } | null | undefined)?.[CONFIG];
}

/**
 * Returns the declared arguments under the keys that the plugin process reads. They are validated here,
 * because the engine does not check the inputs of a dynamic provider.
 */
function declaredConfig(provider: string, args: ProviderArgs): ProviderConfig {
  const fail: (reason: string) => never = (reason) => {
    throw new Error(`Provider "${provider}": ${reason}`);
  };
  const known: readonly string[] = NAMES;
  for (const name of Object.keys(args))
    if (!known.includes(name))
      fail(`unknown argument ${name}. The arguments are ${known.join(", ")}.`);
  for (const name of CREDENTIALS)
    if (Object.hasOwn(args, name) && isMissing(args[name]))
      fail(
        `${name} is empty, so other credentials would be used instead. Pass a value, or remove ${name} to use the credentials of the environment or of the stack's configuration.`,
      );
  if (args.apiToken !== undefined && (args.apiKey !== undefined || args.email !== undefined))
    fail(
      "apiToken conflicts with apiKey and email. Pass an apiToken, or an apiKey with its email.",
    );
  if ((args.apiKey === undefined) !== (args.email === undefined))
    fail("apiKey requires email, and email requires apiKey. Pass both, or an apiToken instead.");

  const textOf = (name: keyof ProviderArgs, value: unknown): string => {
    // Passed on unchanged: only the resources that use this Provider fail, with a message of their own.
    if (CREDENTIALS.includes(name) && isMissing(value)) return "";
    if (typeof value === "string" || typeof value === "number") return String(value);
    if (name !== "neverSend") return fail(`${name} must be a string or a number.`);
    // As JSON, so that an empty list is not taken for an argument that is left out.
    const isList = Array.isArray(value) && value.every((item) => typeof item === "string");
    return isList ? JSON.stringify(value) : fail("neverSend must be a list of strings.");
  };
  const declared = NAMES.filter((name) => (args[name] ?? undefined) !== undefined);
  return Object.fromEntries(
    declared.map((name) => {
      const text = pulumi.output(args[name]).apply((value) => textOf(name, value));
      return [`zerotrust:${name}`, IS_SECRET[name] ? pulumi.secret(text) : text];
    }),
  );
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/**
 * Returns the stack's configuration under the keys of a Provider's arguments. It is the default of each
 * argument that is left out, like a resource without a Provider. Credentials are taken as a set.
 */
function stackDefaults(declared: ProviderConfig): ProviderConfig {
  const config = stackConfig("zerotrust");
  const credentials = CREDENTIALS.map((name) => `zerotrust:${name}`);
  if (!credentials.some((key) => key in declared)) return config;
  return Object.fromEntries(Object.entries(config).filter(([key]) => !credentials.includes(key)));
}

/**
 * Returns the stack's configuration, which the plugin process of a Provider does not get. All values are
 * secrets, because the SDK does not report which of them are.
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
