import { EMULATOR_TOKEN, startEmulator, type EmulatorOptions } from "../../emulator/index.js";
import { dohSettings, organization, userRevocation } from "../../provider/provider.js";
import { OneResourceStack } from "../lifecycle/stack.js";
import { PROBE, startRecordingProxy } from "./recording-proxy.js";

/** The credentials that the emulator accepts in these tests: a token, and an API key with its email. */
export const CREDENTIALS_BY_TOKEN = { apiToken: EMULATOR_TOKEN };
export const CREDENTIALS_BY_KEY = {
  email: "admin@example.com",
  apiKey: "emulator-key-emulator-key-emulator-00",
};

/** The same credentials as configuration of the provider. */
export const BY_TOKEN = { "zerotrust:apiToken": CREDENTIALS_BY_TOKEN.apiToken };
export const BY_KEY = {
  "zerotrust:apiKey": CREDENTIALS_BY_KEY.apiKey,
  "zerotrust:email": CREDENTIALS_BY_KEY.email,
};

const PROVIDERS = { organization, dohSettings, userRevocation };

export type ProviderFixture = Awaited<ReturnType<typeof startProviderFixture>>;

/** Starts an emulator with a recording proxy between it and the provider. */
export async function startProviderFixture(options: EmulatorOptions = {}) {
  const emulator = await startEmulator({
    credentials: [{ ...CREDENTIALS_BY_TOKEN }, { ...CREDENTIALS_BY_KEY }],
    ...options,
  });
  const proxy = await startRecordingProxy(emulator.baseUrl);
  let config: Readonly<Record<string, string>> = {};
  const fixture = {
    emulator,
    exchanges: proxy.exchanges,

    /** Selects the credentials of the following operations. */
    signIn: async (credentials: Readonly<Record<string, string>>) => {
      config = {
        ...credentials,
        "zerotrust:baseUrl": proxy.baseUrl,
        "zerotrust:minBackoff": "0.001", // Otherwise the retries of one scenario take most of a minute.
      };
      const get = (key: string) => config[key];
      for (const provider of Object.values(PROVIDERS))
        await provider.configure?.({ config: { get, require: get } as never });
    },

    /** Returns a stack whose resource does not exist yet. */
    resource: (kind: keyof typeof PROVIDERS) => {
      // Without the token and the retries that the stack would set.
      const unset = { "zerotrust:apiToken": undefined, "zerotrust:retries": undefined };
      return new OneResourceStack(PROVIDERS[kind], proxy, { config: { ...unset, ...config } });
    },

    /** Calls read as `Organization.get` does. */
    get: async (kind: keyof typeof PROVIDERS, id: string) =>
      PROVIDERS[kind].read?.(id, { __external: true }),

    /** Returns the context for the functions of the package. */
    context: () => ({ readConfig: (key: string) => config[key], log: () => undefined }),

    /** Sends a request that the provider would not send. */
    probe: async (
      verb: string,
      path: string,
      body?: unknown,
      headers: Record<string, string> = { authorization: `Bearer ${EMULATOR_TOKEN}` },
    ) => {
      await fetch(proxy.baseUrl + path, {
        method: verb,
        headers: { ...PROBE, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    },

    close: async () => {
      await proxy.close();
      await emulator.close();
    },
  };
  await fixture.signIn(BY_TOKEN);
  return fixture;
}
