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
import { PROBE, startRecorder, type Exchange } from "./recorder.js";

type Properties = Record<string, unknown>;

/** Who may call the emulator in these tests: a token, and a key with its email. */
export const CREDENTIALS_BY_TOKEN = { apiToken: EMULATOR_TOKEN };
export const CREDENTIALS_BY_KEY = {
  email: "admin@example.com",
  apiKey: "emulator-key-emulator-key-emulator-00",
};

/** The same, as a `Provider` of the package is given them. */
export const BY_TOKEN = { "zerotrust:apiToken": CREDENTIALS_BY_TOKEN.apiToken };
export const BY_KEY = {
  "zerotrust:apiKey": CREDENTIALS_BY_KEY.apiKey,
  "zerotrust:email": CREDENTIALS_BY_KEY.email,
};

/** The provider, an emulator, and a recorder between the two. */
export interface Bench {
  readonly emulator: Emulator;
  readonly exchanges: readonly Exchange[];
  /** Chooses the credentials of all that follows. */
  readonly signIn: (config: Readonly<Record<string, string>>) => Promise<void>;
  /** One resource of a program, from its first `pulumi up` on. */
  readonly resource: (kind: keyof typeof PROVIDERS) => Resource;
  /** How a function of the package reaches the API. */
  readonly context: () => CallContext;
  /** A request that the provider would not send, for the sake of its answer. */
  readonly probe: (
    verb: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<void>;
  readonly close: () => Promise<void>;
}

const PROVIDERS = { organization, dohSettings, userRevocation };

/** A resource as the engine handles it. */
export interface Resource {
  /** What `pulumi preview` does: a check that also looks what would happen. */
  preview(args: Properties): Promise<void>;
  /** What `pulumi up` does: check, then create or update. */
  up(args: Properties): Promise<Properties>;
  /** What `pulumi refresh` does. */
  refresh(): Promise<Properties>;
  /** What `Organization.get` does. */
  get(id: string): Promise<Properties>;
}

export async function startBench(options: EmulatorOptions = {}): Promise<Bench> {
  const emulator = await startEmulator({
    credentials: [{ ...CREDENTIALS_BY_TOKEN }, { ...CREDENTIALS_BY_KEY }],
    ...options,
  });
  const recorder = await startRecorder(emulator.baseUrl);
  let config: Readonly<Record<string, string>> = {};
  const bench: Bench = {
    emulator,
    exchanges: recorder.exchanges,
    async signIn(credentials) {
      config = { ...credentials, "zerotrust:baseUrl": recorder.baseUrl };
      for (const provider of Object.values(PROVIDERS)) await configure(provider, config);
    },
    resource: (kind) => resourceOf(PROVIDERS[kind]),
    context: () => ({ readConfig: (key) => config[key], log: () => undefined }),
    async probe(verb, path, body, headers = { authorization: `Bearer ${EMULATOR_TOKEN}` }) {
      await fetch(recorder.baseUrl + path, {
        method: verb,
        headers: { ...PROBE, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    },
    async close() {
      await recorder.close();
      await emulator.close();
    },
  };
  await bench.signIn(BY_TOKEN);
  return bench;
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
