import { isDeepStrictEqual } from "node:util";
import type { dynamic } from "@pulumi/pulumi";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { EMULATOR_TOKEN, type Emulator } from "../../emulator/index.js";

/** A bag of properties as the engine keeps them. */
export type Properties = Record<string, unknown>;

/** What the engine keeps of a resource. */
export interface StateOfResource {
  id: string;
  inputs: Properties;
  outputs: Properties;
  /** Why the last operation on it was left half done. */
  initErrors: readonly string[];
}

export interface StackOptions {
  readonly apiToken?: string;
  /** Configuration besides, in the provider's keys. */
  readonly config?: Readonly<Record<string, string>>;
}

/** Arguments that `check` refused. */
export class CheckFailed extends Error {
  constructor(readonly failures: readonly dynamic.CheckFailure[]) {
    super(failures.map(({ property, reason }) => `${property} ${reason}`).join("\n"));
  }

  get paths(): string[] {
    return this.failures.map(({ property }) => property);
  }
}

const SOURCE = "exports.handler = () => { /* stands for the real one */ };";

/**
 * A stack of one resource, driven as the engine drives the plugin process: the same calls in the
 * same order, and every value passed through the same wire format. A returned `undefined`, which
 * the real plugin fails on, fails here.
 */
export class OneResourceStack {
  state: StateOfResource | undefined;

  constructor(
    private readonly provider: dynamic.ResourceProvider,
    emulator: Pick<Emulator, "baseUrl">,
    { apiToken = EMULATOR_TOKEN, config = {} }: StackOptions = {},
  ) {
    const values: Record<string, string> = {
      "zerotrust:apiToken": apiToken,
      "zerotrust:baseUrl": emulator.baseUrl,
      "zerotrust:retries": "0",
      ...config,
    };
    const get = (key: string) => values[key];
    void provider.configure?.({ config: { get, require: get } as never });
  }

  /** Deploys arguments, and says what that came to. */
  async up(args: Properties): Promise<"created" | "updated" | "replaced" | "same"> {
    const inputs = await this.check(args);
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
    const equal = changes === false || isDeepStrictEqual(inputs, this.state.inputs);
    if (equal && this.state.initErrors.length === 0) {
      this.state = { ...this.state, inputs };
      return "same";
    }
    await this.update(inputs);
    return "updated";
  }

  /** Looks at the live object, and takes its state over. */
  async refresh(): Promise<"clean" | "drifted" | "gone"> {
    const { id, inputs, outputs } = this.present();
    const result = await this.provider.read?.(id, sent(outputs));
    if (!result?.id) {
      this.state = undefined;
      return "gone";
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

  /** The recorded arguments, without what is Pulumi's own. */
  get inputs(): Properties {
    return withoutHidden(this.present().inputs);
  }

  get outputs(): Properties {
    return withoutHidden(this.present().outputs);
  }

  private async check(args: Properties): Promise<Properties> {
    const news = { ...args, __provider: SOURCE };
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
      const made = await this.provider.create(sent(inputs));
      if (made.id === "") throw new Error("create gave no id");
      const live = received(made.outs as Properties, inputs);
      this.state = { id: made.id, inputs, outputs: live, initErrors: [] };
    } catch (error) {
      this.keepHalfDone(error, inputs);
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
      this.keepHalfDone(error, inputs);
      throw error;
    }
  }

  /** What a failure left behind is kept, if the provider says that there is something. */
  private keepHalfDone(error: unknown, inputs: Properties): void {
    const { id, properties, reasons } = error as Partial<{
      id: string;
      properties: Properties;
      reasons: string[];
    }>;
    if (id === undefined || properties === undefined) return;
    if (typeof properties.__provider !== "string") throw new Error("no later call could find code");
    this.state = { id, inputs, outputs: sent(properties), initErrors: reasons ?? [] };
  }

  private present(): StateOfResource {
    if (this.state === undefined) throw new Error("There is no resource in state.");
    return this.state;
  }
}

/** A value after its way over the wire. */
function sent(properties: Properties): Properties {
  return Struct.fromJavaScript(properties as never).toJavaScript();
}

/** A returned value, to which the plugin adds the code that returned it. */
function received(returned: Properties, from: Properties): Properties {
  returned.__provider = from.__provider;
  return sent(returned);
}

function withoutHidden(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("__")));
}
