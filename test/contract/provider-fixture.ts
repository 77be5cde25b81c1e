import type { dynamic } from "@pulumi/pulumi";
import {
  EMULATOR_TOKEN,
  startEmulator,
  type Emulator,
  type EmulatorOptions,
} from "../../emulator/index.js";
import type { CallContext } from "../../provider/functions/calls.js";
import { DRY_RUN } from "../../provider/schema/state-contract.js";
import { dohSettings, organization, userRevocation } from "../../provider/provider.js";
import { PROBE, startRecordingProxy, type Exchange } from "./recording-proxy.js";

type Properties = Record<string, unknown>;

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
  /** Returns a resource that does not exist yet. */
  readonly resource: (kind: keyof typeof PROVIDERS) => Resource;
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

/** The operations of the engine on one resource. */
export interface Resource {
  /** Calls check as `pulumi preview` does. */
  preview(args: Properties): Promise<void>;
  /** Calls check, and then create or update, as `pulumi up` does. */
  up(args: Properties): Promise<Properties>;
  /** Calls read as `pulumi refresh` does. */
  refresh(): Promise<Properties>;
  /** Calls read as `Organization.get` does. */
  get(id: string): Promise<Properties>;
}

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
      config = { ...credentials, "zerotrust:baseUrl": proxy.baseUrl };
      for (const provider of Object.values(PROVIDERS)) await configure(provider, config);
    },
    resource: (kind) => resourceOf(PROVIDERS[kind]),
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

async function configure(
  provider: dynamic.ResourceProvider,
  config: Readonly<Record<string, string>>,
): Promise<void> {
  const get = (key: string) => config[key];
  const require = (key: string) => {
    throw new Error(`Nothing asks for ${key} in this way.`);
  };
  await provider.configure?.({ config: { get, require } });
}

function resourceOf(provider: dynamic.ResourceProvider): Resource {
  let state: { readonly id: string; readonly outs: Properties } | undefined;
  const checkedInputs = async (args: Properties) => {
    const checked = await provider.check?.(state?.outs ?? {}, args);
    for (const { property, reason } of checked?.failures ?? [])
      throw new Error(`${property} ${reason}`);
    return checked?.inputs as Properties;
  };
  return {
    async preview(args) {
      await checkedInputs({ ...args, [DRY_RUN]: true });
    },
    async up(args) {
      const inputs = await checkedInputs(args);
      if (state === undefined) {
        const created = await provider.create(inputs);
        state = { id: created.id, outs: created.outs as Properties };
      } else {
        const updated = await provider.update?.(state.id, state.outs, inputs);
        state = { id: state.id, outs: updated?.outs as Properties };
      }
      return state.outs;
    },
    async refresh() {
      if (state === undefined) throw new Error("There is nothing to refresh yet.");
      const read = await provider.read?.(state.id, state.outs);
      return read?.props as Properties;
    },
    async get(id) {
      const read = await provider.read?.(id, { __external: true });
      return read?.props as Properties;
    },
  };
}
