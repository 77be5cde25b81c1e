import { isDeepStrictEqual } from "node:util";
import type { dynamic } from "@pulumi/pulumi";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { EMULATOR_TOKEN, type Emulator } from "../../emulator/index.js";

/** Inputs or outputs as the engine records them. */
export type Properties = Record<string, unknown>;

/** What the engine records of a resource. */
export interface RecordedState {
  id: string;
  inputs: Properties;
  outputs: Properties;
  /** Why the last operation failed after something may have been applied. */
  initErrors: readonly string[];
}

export interface StackOptions {
  /** Further configuration under the provider's own keys. Undefined removes a value. */
  readonly config?: Readonly<Record<string, string | undefined>>;
}

/** Inputs that `check` rejected. */
export class CheckFailed extends Error {
  constructor(readonly failures: readonly dynamic.CheckFailure[]) {
    super(failures.map(({ property, reason }) => `${property} ${reason}`).join("\n"));
  }
}

/** The source of the provider that programs register and state records. */
export const SOURCE = "exports.handler = () => { /* a placeholder for the real source */ };";

/** Configuration for a few retries with almost no backoff. */
export const RETRIES = {
  "zerotrust:retries": "3",
  "zerotrust:minBackoff": "0.001",
  "zerotrust:maxBackoff": "0.002",
};

/**
 * A stack of one resource. It calls the provider as the engine does: the same methods in the same order,
 * with every value serialized in the same format. A returned `undefined` fails, as in the real plugin.
 */
export class OneResourceStack {
  state: RecordedState | undefined;

  constructor(
    private readonly provider: dynamic.ResourceProvider,
    emulator: Pick<Emulator, "baseUrl">,
    { config = {} }: StackOptions = {},
  ) {
    const values: Record<string, string | undefined> = {
      "zerotrust:apiToken": EMULATOR_TOKEN,
      "zerotrust:baseUrl": emulator.baseUrl,
      "zerotrust:retries": "0",
      ...config,
    };
    const get = (key: string) => values[key];
    void provider.configure?.({ config: { get, require: get } as never });
  }

  /** Deploys inputs, and returns what happened to the resource. */
  async up(program: Properties): Promise<"created" | "updated" | "replaced" | "same"> {
    const inputs = await this.check(program);
    if (this.state === undefined) {
      await this.create(inputs);
      return "created";
    }
    const { changes, replaces = [] } = await this.diff(this.state.outputs, inputs);
    if (replaces.length > 0) {
      const { id, outputs } = this.state;
      await this.create(inputs);
      await this.provider.delete?.(id, sent(outputs));
      return "replaced";
    }
    const equal =
      changes === false || (changes === undefined && isDeepStrictEqual(inputs, this.state.inputs));
    if (equal && this.state.initErrors.length === 0) {
      this.state = { ...this.state, inputs };
      return "same";
    }
    await this.update(inputs);
    return "updated";
  }

  /** Refreshes the state from the live object. */
  async refresh(): Promise<"clean" | "drifted" | "not found"> {
    const { id, inputs, outputs } = this.present();
    const result = await this.provider.read?.(id, sent(outputs));
    if (!result?.id) {
      this.state = undefined;
      return "not found";
    }
    const live = received(result.props as Properties, outputs);
    const liveInputs = received((result.inputs ?? inputs) as Properties, outputs);
    const { changes } = await this.diff(live, inputs);
    this.state = { id: result.id, inputs: liveInputs, outputs: live, initErrors: [] };
    return changes === false || isDeepStrictEqual(inputs, liveInputs) ? "clean" : "drifted";
  }

  async destroy(): Promise<void> {
    const { id, outputs } = this.present();
    await this.provider.delete?.(id, sent(outputs));
    this.state = undefined;
  }

  /** The recorded inputs without hidden keys. */
  get inputs(): Properties {
    return withoutHidden(this.present().inputs);
  }

  /** The recorded outputs without hidden keys. */
  get outputs(): Properties {
    return withoutHidden(this.present().outputs);
  }

  /** The part of a preview that the provider sees: `check`. */
  async preview(program: Properties): Promise<void> {
    await this.check(program);
  }

  private async check(program: Properties): Promise<Properties> {
    const news = { ...program, __provider: SOURCE };
    const result = await this.provider.check?.(sent(this.state?.inputs ?? {}), sent(news));
    if (result?.failures?.length) throw new CheckFailed(result.failures);
    return received(result?.inputs as Properties, news);
  }

  private async diff(olds: Properties, news: Properties): Promise<dynamic.DiffResult> {
    const { id } = this.present();
    return (await this.provider.diff?.(id, sent(olds), sent(news))) ?? {};
  }

  private async create(inputs: Properties): Promise<void> {
    try {
      const created = await this.provider.create(sent(inputs));
      if (created.id === "") throw new Error("create returned no id");
      const live = received(created.outs as Properties, inputs);
      this.state = { id: created.id, inputs, outputs: live, initErrors: [] };
    } catch (error) {
      this.keepPartialFailure(error, inputs);
      throw error;
    }
  }

  private async update(inputs: Properties): Promise<void> {
    const { id, outputs } = this.present();
    try {
      const result = await this.provider.update?.(id, sent(outputs), sent(inputs));
      const live = received(result?.outs as Properties, inputs);
      this.state = { id, inputs, outputs: live, initErrors: [] };
    } catch (error) {
      this.keepPartialFailure(error, inputs);
      throw error;
    }
  }

  /** Records the state that a partial failure returns. */
  private keepPartialFailure(error: unknown, inputs: Properties): void {
    const { id, properties, reasons } = error as Partial<{
      id: string;
      properties: Properties;
      reasons: string[];
    }>;
    if (id === undefined || properties === undefined) return;
    if (typeof properties.__provider !== "string")
      throw new Error("state without __provider: no later operation finds the code");
    this.state = { id, inputs, outputs: sent(properties), initErrors: reasons ?? [] };
  }

  private present(): RecordedState {
    if (this.state === undefined) throw new Error("The state has no resource.");
    return this.state;
  }
}

/** Properties after serialization. */
function sent(properties: Properties): Properties {
  return Struct.fromJavaScript(properties as never).toJavaScript();
}

/** Returned properties, to which the plugin adds the code that returned them. */
function received(returned: Properties, from: Properties): Properties {
  returned.__provider = from.__provider;
  return sent(returned);
}

function withoutHidden(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("__")));
}
