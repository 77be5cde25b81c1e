import {
  EMULATOR_TOKEN,
  startEmulator,
  type Emulator,
  type EmulatorOptions,
} from "../../emulator/index.js";
import type { CallContext } from "../../provider/functions/calls.js";
import { dohSettings, organization, userRevocation } from "../../provider/provider.js";
import { OneResourceStack } from "../lifecycle/stack.js";
import { PROBE, startRecordingProxy, type Exchange } from "./recording-proxy.js";

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

/** The provider, an emulator, and a recording proxy between them. */
export interface ProviderFixture {
  readonly emulator: Emulator;
  readonly exchanges: readonly Exchange[];
  /** Selects the credentials of the following operations. */
  readonly signIn: (config: Readonly<Record<string, string>>) => Promise<void>;
  /** Returns a stack whose resource does not exist yet. */
  readonly resource: (kind: keyof typeof PROVIDERS) => OneResourceStack;
  /** Calls read as `Organization.get` does. */
  readonly get: (kind: keyof typeof PROVIDERS, id: string) => Promise<unknown>;
  /** Returns the context for the functions of the package. */
  readonly context: () => CallContext;
  /** Sends a request that the provider would not send. */
  readonly probe: (
    verb: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<void>;
  readonly close: () => Promise<void>;
}

const PROVIDERS = { organization, dohSettings, userRevocation };

export async function startProviderFixture(
  options: EmulatorOptions = {},
): Promise<ProviderFixture> {
  const emulator = await startEmulator({
    credentials: [{ ...CREDENTIALS_BY_TOKEN }, { ...CREDENTIALS_BY_KEY }],
    ...options,
  });
  const proxy = await startRecordingProxy(emulator.baseUrl);
  let config: Readonly<Record<string, string>> = {};
  const fixture: ProviderFixture = {
    emulator,
    exchanges: proxy.exchanges,
    async signIn(credentials) {
      config = {
        ...credentials,
        "zerotrust:baseUrl": proxy.baseUrl,
        "zerotrust:minBackoff": "0.001", // Otherwise the retries of one scenario take most of a minute.
      };
      const get = (key: string) => config[key];
      for (const provider of Object.values(PROVIDERS))
        await provider.configure?.({ config: { get, require: get } as never });
    },
    resource: (kind) => {
      // Without the token and the retries that the stack would set.
      const unset = { "zerotrust:apiToken": undefined, "zerotrust:retries": undefined };
      return new OneResourceStack(PROVIDERS[kind], proxy, { config: { ...unset, ...config } });
    },
    get: async (kind, id) => PROVIDERS[kind].read?.(id, { __external: true }),
    context: () => ({ readConfig: (key) => config[key], log: () => undefined }),
    async probe(verb, path, body, headers = { authorization: `Bearer ${EMULATOR_TOKEN}` }) {
      await fetch(proxy.baseUrl + path, {
        method: verb,
        headers: { ...PROBE, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    },
    async close() {
      await proxy.close();
      await emulator.close();
    },
  };
  await fixture.signIn(BY_TOKEN);
  return fixture;
}
